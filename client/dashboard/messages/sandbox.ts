export const sandboxMessages = {
  title: 'Vendors are played here',
  lead: 'Nobody is verified for real. npm run trigger fires any event of any vendor.',
}
