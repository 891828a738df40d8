import { hasOwn } from './has-own.ts'
/** What the page says around the element; `{site}` is where the visitor began. */
export interface Words {
  title: string
  ready: string
  checking: string
  done: string
  expired: string
  used: string
  invalid: string
  offline: string
  retry: string
}

const en: Words = {
  title: 'Confirm your identity',
  ready: 'You began this on {site}.',
  checking: 'One moment.',
  done: 'That is all we need here. You can close this page and go on where you began.',
  expired: 'This link is no longer valid. Please ask for a new one where you began.',
  used: 'This link has been used already. If it was not you, please ask for a new one where you began.',
  invalid: 'We do not know this link. Please open it exactly as you received it, or ask for a new one where you began.',
  offline: 'The page could not reach the server. Please check your connection.',
  retry: 'Try again',
}

const de: Words = {
  title: 'Bestätigen Sie Ihre Identität',
  ready: 'Begonnen haben Sie auf {site}.',
  checking: 'Einen Moment.',
  done: 'Mehr brauchen wir hier nicht. Sie können diese Seite schließen und dort weitermachen, wo Sie begonnen haben.',
  expired: 'Dieser Link gilt nicht mehr. Bitte fordern Sie dort, wo Sie begonnen haben, einen neuen an.',
  used: 'Dieser Link wurde schon benutzt. Wenn Sie das nicht waren, fordern Sie bitte einen neuen an.',
  invalid:
    'Diesen Link kennen wir nicht. Bitte öffnen Sie ihn genau so, wie Sie ihn erhalten haben, oder fordern Sie einen neuen an.',
  offline: 'Die Seite erreicht den Server nicht. Bitte prüfen Sie Ihre Verbindung.',
  retry: 'Noch einmal versuchen',
}

const fr: Words = {
  title: 'Confirmez votre identité',
  ready: 'Vous avez commencé sur {site}.',
  checking: 'Un instant.',
  done: 'C’est tout ce qu’il nous faut ici. Vous pouvez fermer cette page et continuer là où vous avez commencé.',
  expired: 'Ce lien n’est plus valable. Demandez-en un nouveau là où vous avez commencé.',
  used: 'Ce lien a déjà été utilisé. Si ce n’était pas vous, demandez-en un nouveau là où vous avez commencé.',
  invalid:
    'Nous ne connaissons pas ce lien. Ouvrez-le exactement tel que vous l’avez reçu, ou demandez-en un nouveau là où vous avez commencé.',
  offline: 'La page n’a pas pu joindre le serveur. Vérifiez votre connexion.',
  retry: 'Réessayer',
}

const es: Words = {
  title: 'Confirme su identidad',
  ready: 'Empezó en {site}.',
  checking: 'Un momento.',
  done: 'Es todo lo que necesitamos aquí. Puede cerrar esta página y continuar donde empezó.',
  expired: 'Este enlace ya no es válido. Pida uno nuevo donde empezó.',
  used: 'Este enlace ya se ha utilizado. Si no fue usted, pida uno nuevo donde empezó.',
  invalid: 'No conocemos este enlace. Ábralo exactamente como lo recibió o pida uno nuevo donde empezó.',
  offline: 'La página no pudo conectar con el servidor. Compruebe su conexión.',
  retry: 'Reintentar',
}

const it: Words = {
  title: 'Confermi la sua identità',
  ready: 'Ha iniziato su {site}.',
  checking: 'Un momento.',
  done: 'Qui non serve altro. Può chiudere questa pagina e continuare da dove ha iniziato.',
  expired: 'Questo link non è più valido. Ne richieda uno nuovo da dove ha iniziato.',
  used: 'Questo link è già stato usato. Se non è stato lei, ne richieda uno nuovo da dove ha iniziato.',
  invalid:
    'Non conosciamo questo link. Lo apra esattamente come lo ha ricevuto o ne richieda uno nuovo da dove ha iniziato.',
  offline: 'La pagina non riesce a raggiungere il server. Controlli la connessione.',
  retry: 'Riprova',
}

const pt: Words = {
  title: 'Confirme a sua identidade',
  ready: 'Começou em {site}.',
  checking: 'Um momento.',
  done: 'É tudo o que precisamos aqui. Pode fechar esta página e continuar onde começou.',
  expired: 'Esta ligação já não é válida. Peça uma nova onde começou.',
  used: 'Esta ligação já foi utilizada. Se não foi você, peça uma nova onde começou.',
  invalid: 'Não conhecemos esta ligação. Abra-a exatamente como a recebeu ou peça uma nova onde começou.',
  offline: 'A página não conseguiu contactar o servidor. Verifique a sua ligação.',
  retry: 'Tentar de novo',
}

const hu: Words = {
  title: 'Igazolja személyazonosságát',
  ready: 'Itt kezdte: {site}.',
  checking: 'Egy pillanat.',
  done: 'Itt nincs több teendő. Bezárhatja ezt az oldalt, és ott folytathatja, ahol elkezdte.',
  expired: 'Ez a hivatkozás már nem érvényes. Kérjen újat ott, ahol elkezdte.',
  used: 'Ezt a hivatkozást már használták. Ha nem Ön volt, kérjen újat ott, ahol elkezdte.',
  invalid: 'Ezt a hivatkozást nem ismerjük. Nyissa meg pontosan úgy, ahogy kapta, vagy kérjen újat ott, ahol elkezdte.',
  offline: 'Az oldal nem érte el a szervert. Ellenőrizze a kapcsolatot.',
  retry: 'Újra',
}

const zh: Words = {
  title: '确认您的身份',
  ready: '您是从 {site} 开始的。',
  checking: '请稍候。',
  done: '这里已全部完成。您可以关闭此页面，回到开始的地方继续。',
  expired: '此链接已失效。请回到开始的地方重新获取。',
  used: '此链接已被使用。如果不是您本人，请回到开始的地方重新获取。',
  invalid: '我们无法识别此链接。请按收到的原样打开，或回到开始的地方重新获取。',
  offline: '页面无法连接服务器。请检查网络连接。',
  retry: '重试',
}

const ar: Words = {
  title: 'أكِّد هويتك',
  ready: 'بدأت هذا على {site}.',
  checking: 'لحظة واحدة.',
  done: 'هذا كل ما نحتاجه هنا. يمكنك إغلاق هذه الصفحة والمتابعة من حيث بدأت.',
  expired: 'لم يعد هذا الرابط صالحًا. اطلب رابطًا جديدًا من حيث بدأت.',
  used: 'استُخدم هذا الرابط من قبل. إن لم تكن أنت، فاطلب رابطًا جديدًا من حيث بدأت.',
  invalid: 'لا نعرف هذا الرابط. افتحه تمامًا كما استلمته، أو اطلب رابطًا جديدًا من حيث بدأت.',
  offline: 'تعذّر على الصفحة الوصول إلى الخادم. تحقّق من اتصالك.',
  retry: 'حاول مرة أخرى',
}

const WORDS: Readonly<Record<string, Words>> = { en, de, fr, es, it, pt, hu, zh, ar }

/** The first of these BCP 47 tags that the page speaks, else English. */
export function chooseWords(tags: readonly string[]): { language: string; words: Words } {
  for (const tag of tags) {
    const language = tag.split('-')[0]?.toLowerCase() ?? ''
    const words = hasOwn(WORDS, language) ? WORDS[language] : undefined
    if (words !== undefined) return { language, words }
  }
  return { language: 'en', words: en }
}
