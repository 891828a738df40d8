/** Of the page's content security policy: what keeps out the files beside this one. */
export let directive = ''

document.addEventListener('securitypolicyviolation', ({ blockedURI, disposition, effectiveDirective }) => {
  // One that is only reported keeps nothing out.
  if (disposition === 'enforce' && blockedURI.startsWith(new URL(/* @vite-ignore */ '.', import.meta.url).href))
    directive = effectiveDirective
})
