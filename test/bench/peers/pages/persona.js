import { Client } from 'persona'

// Made in the click: whoever makes it with the page, as its readme does, has its frame loaded before intent as well.
document.querySelector('button').addEventListener('click', () => {
  const client = new Client({
    templateId: 'itmpl_of_nobody',
    environment: 'sandbox',
    onReady: () => client.open(),
  })
})
window.isUsable = () => true
