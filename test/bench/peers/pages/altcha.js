import 'altcha'

window.isUsable = () => {
  const box = document.querySelector('altcha-widget input[type=checkbox]')
  return box !== null && box.getBoundingClientRect().width > 0
}
