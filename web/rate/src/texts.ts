/** Texts of the page in every language it speaks; each has each key, or it does not compile. */

const en = {
  loading: "Loading …",
  language: "Language",
  title: "How did we do?",
  about: "About {ticket}",
  csat: "How satisfied are you with the service?",
  csat1: "Very dissatisfied",
  csat2: "Dissatisfied",
  csat3: "Neither",
  csat4: "Satisfied",
  csat5: "Very satisfied",
  nps: "How likely are you to recommend us?",
  npsLow: "0: not at all",
  npsHigh: "10: certainly",
  reasonsGood: "What was good?",
  reasonsBad: "What went wrong?",
  comment: "Anything else? (optional)",
  send: "Send",
  sending: "Sending …",
  change: "Change the answer",
  thanks: "Thank you.",
  until: "You can change your answer until {at}.",
  closed: "Thank you; this survey is closed.",
  expired: "This survey is over.",
  needScore: "Please choose a score first.",
  stop: "Do not ask me again",
  stopped: "You will get no more surveys.",
  again: "You may ask me again",
  offline: "No connection. Your answer is still here; try again.",
  unknown: "This link does not work. Perhaps it was cut off; open it again from the message.",
  busy: "Too many attempts. Please wait a minute.",
  failed: "That did not work. Please try again.",
  retry: "Try again",
};

export type TextKey = keyof typeof en;
type Catalogue = Record<TextKey, string>;

const zh: Catalogue = {
  loading: "正在加载…",
  language: "语言",
  title: "您对服务满意吗？",
  about: "关于 {ticket}",
  csat: "您对本次服务的满意程度？",
  csat1: "非常不满意",
  csat2: "不满意",
  csat3: "一般",
  csat4: "满意",
  csat5: "非常满意",
  nps: "您愿意向他人推荐我们吗？",
  npsLow: "0：完全不愿意",
  npsHigh: "10：非常愿意",
  reasonsGood: "哪些方面做得好？",
  reasonsBad: "哪里没做好？",
  comment: "还想说些什么？（选填）",
  send: "提交",
  sending: "正在提交…",
  change: "修改回答",
  thanks: "谢谢您的反馈。",
  until: "您可以在 {at} 之前修改回答。",
  closed: "谢谢，本次调查已结束。",
  expired: "本次调查已过期。",
  needScore: "请先选择分数。",
  stop: "不再邀请我",
  stopped: "我们不会再邀请您参加调查。",
  again: "可以再邀请我",
  offline: "网络不通。您的回答还在，请重试。",
  unknown: "链接无效，可能不完整，请从原消息重新打开。",
  busy: "操作太频繁，请稍等一分钟。",
  failed: "提交失败，请重试。",
  retry: "重试",
};

const es: Catalogue = {
  loading: "Cargando …",
  language: "Idioma",
  title: "¿Qué tal lo hicimos?",
  about: "Sobre {ticket}",
  csat: "¿Qué tan satisfecho está con el servicio?",
  csat1: "Muy insatisfecho",
  csat2: "Insatisfecho",
  csat3: "Ni lo uno ni lo otro",
  csat4: "Satisfecho",
  csat5: "Muy satisfecho",
  nps: "¿Qué probabilidad hay de que nos recomiende?",
  npsLow: "0: ninguna",
  npsHigh: "10: seguro",
  reasonsGood: "¿Qué estuvo bien?",
  reasonsBad: "¿Qué salió mal?",
  comment: "¿Algo más? (opcional)",
  send: "Enviar",
  sending: "Enviando …",
  change: "Cambiar la respuesta",
  thanks: "Muchas gracias.",
  until: "Puede cambiar su respuesta hasta el {at}.",
  closed: "Gracias; esta encuesta está cerrada.",
  expired: "Esta encuesta ha terminado.",
  needScore: "Elija primero una puntuación.",
  stop: "No me pregunten más",
  stopped: "No recibirá más encuestas.",
  again: "Pueden volver a preguntarme",
  offline: "Sin conexión. Su respuesta sigue aquí; inténtelo de nuevo.",
  unknown: "Este enlace no funciona. Quizá esté incompleto; ábralo de nuevo desde el mensaje.",
  busy: "Demasiados intentos. Espere un minuto.",
  failed: "No ha funcionado. Inténtelo de nuevo.",
  retry: "Reintentar",
};

const de: Catalogue = {
  loading: "Wird geladen …",
  language: "Sprache",
  title: "Wie war unser Service?",
  about: "Zu {ticket}",
  csat: "Wie zufrieden sind Sie mit dem Service?",
  csat1: "Sehr unzufrieden",
  csat2: "Unzufrieden",
  csat3: "Teils, teils",
  csat4: "Zufrieden",
  csat5: "Sehr zufrieden",
  nps: "Wie wahrscheinlich empfehlen Sie uns weiter?",
  npsLow: "0: gar nicht",
  npsHigh: "10: sicher",
  reasonsGood: "Was war gut?",
  reasonsBad: "Was lief schief?",
  comment: "Noch etwas? (freiwillig)",
  send: "Senden",
  sending: "Wird gesendet …",
  change: "Antwort ändern",
  thanks: "Vielen Dank.",
  until: "Sie können Ihre Antwort bis {at} ändern.",
  closed: "Danke; diese Umfrage ist abgeschlossen.",
  expired: "Diese Umfrage ist vorbei.",
  needScore: "Bitte wählen Sie zuerst eine Bewertung.",
  stop: "Nicht mehr fragen",
  stopped: "Sie erhalten keine Umfragen mehr.",
  again: "Sie dürfen wieder fragen",
  offline: "Keine Verbindung. Ihre Antwort ist noch da; versuchen Sie es erneut.",
  unknown: "Dieser Link funktioniert nicht. Vielleicht wurde er gekürzt; öffnen Sie ihn erneut aus der Nachricht.",
  busy: "Zu viele Versuche. Bitte warten Sie eine Minute.",
  failed: "Das hat nicht geklappt. Bitte versuchen Sie es erneut.",
  retry: "Erneut versuchen",
};

const fr: Catalogue = {
  loading: "Chargement …",
  language: "Langue",
  title: "Comment s'est passé le service ?",
  about: "À propos de {ticket}",
  csat: "Êtes-vous satisfait du service ?",
  csat1: "Très mécontent",
  csat2: "Mécontent",
  csat3: "Ni l'un ni l'autre",
  csat4: "Satisfait",
  csat5: "Très satisfait",
  nps: "Quelle est la probabilité que vous nous recommandiez ?",
  npsLow: "0 : aucune",
  npsHigh: "10 : certaine",
  reasonsGood: "Qu'est-ce qui était bien ?",
  reasonsBad: "Qu'est-ce qui n'allait pas ?",
  comment: "Autre chose ? (facultatif)",
  send: "Envoyer",
  sending: "Envoi …",
  change: "Modifier la réponse",
  thanks: "Merci beaucoup.",
  until: "Vous pouvez modifier votre réponse jusqu'au {at}.",
  closed: "Merci ; cette enquête est close.",
  expired: "Cette enquête est terminée.",
  needScore: "Choisissez d'abord une note.",
  stop: "Ne plus me solliciter",
  stopped: "Vous ne recevrez plus d'enquêtes.",
  again: "Vous pouvez de nouveau me solliciter",
  offline: "Pas de connexion. Votre réponse est conservée ici ; réessayez.",
  unknown: "Ce lien ne fonctionne pas. Il est peut-être incomplet ; rouvrez-le depuis le message.",
  busy: "Trop de tentatives. Attendez une minute.",
  failed: "Cela n'a pas fonctionné. Réessayez.",
  retry: "Réessayer",
};

export const CATALOGUES: Readonly<Record<string, Catalogue>> = { zh, en, es, de, fr };

/** The first of `wishes` that has texts, else English. */
export function pickLanguage(wishes: readonly (string | null | undefined)[]): string {
  for (const wish of wishes) {
    const code = (wish ?? "").trim().toLowerCase().split(/[-_]/)[0] ?? "";
    if (code in CATALOGUES) return code;
  }
  return "en";
}

export class Texts {
  constructor(readonly language: string) {}

  /** The text of a key with its `{names}` filled in. */
  t(key: TextKey, values: Record<string, string> = {}): string {
    const text = (CATALOGUES[this.language] ?? en)[key];
    return text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
  }

  moment(iso: string): string {
    const at = new Date(iso);
    if (Number.isNaN(at.getTime())) return iso;
    return new Intl.DateTimeFormat(this.language, { dateStyle: "medium", timeStyle: "short" }).format(at);
  }

  /** A language's name in itself. */
  static ownName(code: string): string {
    const name = new Intl.DisplayNames([code], { type: "language" }).of(code) ?? code;
    return name.charAt(0).toLocaleUpperCase(code) + name.slice(1);
  }
}
