import type { Messages } from '../messages.ts'

/** German, with the polite `Sie`. */
export const messages: Messages = {
  lang: 'de',
  dir: 'ltr',

  start: 'Identität bestätigen',
  startHint: 'Halten Sie Ihren Ausweis bereit. Es dauert etwa zwei Minuten.',
  privacy: 'Ihr Ausweis und Ihre Fotos gehen verschlüsselt an SEON und werden dort für diese Website geprüft.',
  starting: 'Wird gestartet …',
  cancel: 'Abbrechen',
  required: 'Bitte bestätigen Sie zuerst Ihre Identität.',

  loading: 'Die Prüfung wird geladen …',
  startAgain: 'Erneut starten',
  close: 'Schließen',
  showWindow: 'Fenster anzeigen',
  frameTitle: 'Identitätsprüfung durch SEON',
  slow: 'Das dauert länger als üblich.',
  pending: 'Ihre Identität wird noch geprüft. Bitte warten Sie auf das Ergebnis.',
  otherDevice: 'Anderes Gerät verwenden',
  startAnyway: 'Trotzdem hier starten',
  openLink: 'Auf diesem Gerät öffnen',
  qrCode: 'QR-Code des Links',

  openTitle: 'Ihre Prüfung ist geöffnet',
  open: 'Folgen Sie den Schritten auf Ihrem Bildschirm.',
  openPopup: 'Folgen Sie den Schritten im Fenster, das sich geöffnet hat.',
  linkTitle: 'Machen Sie auf Ihrem Handy weiter',
  link: 'Scannen Sie den Code mit der Kamera und folgen Sie dort den Schritten. Das Ergebnis erscheint hier.',
  linkBegunTitle: 'Machen Sie auf dem anderen Gerät weiter',
  linkBegun: 'Dort ist Ihre Prüfung geöffnet. Das Ergebnis erscheint hier.',
  cancelledTitle: 'Sie sind noch nicht fertig',
  cancelled: 'Es wurde nichts entschieden. Starten Sie erneut, sobald Sie so weit sind.',
  submittedTitle: 'Vielen Dank, das war alles',
  submitted: 'Ihre Angaben werden geprüft. Das Ergebnis erscheint hier, oft innerhalb einer Minute.',
  approvedTitle: 'Ihre Identität ist bestätigt',
  approved: 'Sie brauchen hier nichts weiter zu tun.',
  reviewTitle: 'Wir sehen noch einmal genauer hin',
  review: 'Ein Mensch prüft Ihre Angaben. Sie brauchen nichts zu tun; das Ergebnis erscheint hier.',
  declinedTitle: 'Wir konnten Ihre Identität nicht bestätigen',
  declined:
    'Sie können es mit einem gültigen Ausweis bei gutem Licht erneut versuchen. Falls wir uns irren, melden Sie sich bitte.',
  expiredTitle: 'Die Zeit für diese Prüfung ist abgelaufen',
  expired: 'Es wurde nichts entschieden. Starten Sie erneut, sobald Sie so weit sind.',
  abandonedTitle: 'Die Prüfung wurde nicht abgeschlossen',
  abandoned: 'Es wurde nichts entschieden. Starten Sie erneut, sobald Sie so weit sind.',
  errorTitle: 'Die Prüfung konnte nicht beendet werden',
  error: 'Das war ein technischer Fehler und sagt nichts über Sie aus. Bitte starten Sie erneut.',
  failedTitle: 'Das hat nicht geklappt',

  failures: {
    popup_blocked:
      'Ihr Browser hat das Fenster blockiert. Erlauben Sie Pop-ups für diese Website und starten Sie erneut.',
    frame_blocked:
      'Einstellungen dieser Website verhindern, dass sich die Prüfung öffnet. Bitte weisen Sie den Betreiber darauf hin.',
    start_timeout: 'Das Öffnen hat zu lange gedauert. Prüfen Sie Ihre Verbindung und starten Sie erneut.',
    network: 'Wir kamen nicht durch. Prüfen Sie Ihre Verbindung und starten Sie erneut.',
    busy: 'Auf dieser Seite ist schon eine Prüfung geöffnet. Beenden oder schließen Sie zuerst diese.',
    too_many: 'Das waren zu viele Versuche. Warten Sie eine Minute und starten Sie erneut.',
    sign_in: 'Ihre Anmeldung ist abgelaufen. Laden Sie die Seite neu und starten Sie erneut.',
    signed_out:
      'Diese Website nennt Sie nicht. Bitte melden Sie sich an und starten Sie erneut, oder weisen Sie den Betreiber darauf hin.',
    details:
      'Einige Angaben, die diese Website gesendet hat, sind nicht verwendbar. Bitte weisen Sie den Betreiber darauf hin.',
    set_up: 'Diese Website ist noch nicht für Prüfungen eingerichtet. Bitte weisen Sie den Betreiber darauf hin.',
    service: 'Der Prüfdienst antwortet gerade nicht. Bitte starten Sie in ein paar Minuten erneut.',
    device: 'Es wurde keine nutzbare Kamera gefunden. Versuchen Sie es mit einem anderen Browser oder Ihrem Handy.',
    session: 'Diese Prüfung ist nicht mehr gültig. Bitte starten Sie erneut.',
    document: 'Der Ausweis war nicht lesbar. Starten Sie erneut und zeigen Sie ihn vollständig und bei gutem Licht.',
    face: 'Ihr Gesicht konnte nicht geprüft werden. Starten Sie erneut und zeigen Sie es ganz und bei gutem Licht.',
    camera: 'Ihre Kamera kann auf dieser Seite nicht genutzt werden. Machen Sie auf einem anderen Gerät weiter.',
    link: 'Dieser Link ist nicht mehr gültig. Bitte starten Sie erneut, um einen neuen zu erhalten.',
    already_approved: 'Ihre Identität ist bereits bestätigt. Sie brauchen hier nichts weiter zu tun.',
    already_submitted: 'Ihre Angaben werden bereits geprüft. Sie brauchen hier nichts weiter zu tun.',
    unknown: 'Etwas ist schiefgegangen. Bitte starten Sie erneut.',
  },
}
