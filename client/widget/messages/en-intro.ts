/** What English shows before a click; the rest is in `en.ts` and comes with it. */
export const enIntro = {
  /** BCP 47, and the direction it is written in. */
  lang: 'en',
  dir: 'ltr',

  start: 'Verify your identity',
  startHint: 'Have your identity document ready. It takes about two minutes.',
  privacy: 'Your document and photos go encrypted to SEON, which checks them for this site.',
  starting: 'Starting …',
  cancel: 'Cancel',
  /** By a form that needs it. */
  required: 'Please verify your identity first.',
}
