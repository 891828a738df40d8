export const userMessages = {
  title: 'A user',
  lead: 'What is known of this user stands beside each of their verifications.',
  verification: 'Open the verification',
}
