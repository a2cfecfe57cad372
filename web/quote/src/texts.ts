/** Words of the page in the languages that quotes are written in, amounts and days. */

const en = {
  quote: "Quote",
  for: "For",
  validUntil: "Valid until",
  ticket: "Service ticket",
  what: "Description",
  quantity: "Quantity",
  price: "Unit price",
  net: "Net",
  netTotal: "Net total",
  total: "Total",
  off: "{percent} % discount",
  perHour: "per hour",
  hour: "h",
  visit: "visit",
  overtime: "overtime",
  night: "night work",
  holiday: "weekend or holiday",
  print: "Print or save as PDF",
  decide: "Your decision",
  name: "Your name",
  nameHint: "The person who decides",
  box: "I may decide this for {buyer}, and I approve quote {number} over {total}.",
  approve: "Approve",
  rejectTitle: "Not this way?",
  reason: "Why not",
  reject: "Reject",
  askTitle: "Questions",
  question: "Your question",
  ask: "Ask",
  open: "Waits for your decision",
  approved: "Approved",
  rejected: "Rejected",
  expired: "This quote was valid until {day}. Ask us for a new one.",
  closed: "This quote is open no more: there is a newer one, or it was taken back. Please ask us.",
  approvedBy: "Approved by {name} on {when}. We have been told and will contact you.",
  rejectedBy: "Rejected on {when}. Thank you for telling us why.",
  needName: "Write your name, two letters at least.",
  needBox: "Tick the box to approve.",
  needText: "Write a few words.",
  sent: "Sent. The answer appears here.",
  loading: "Loading",
  gone: "This link opens no quote. Check it, or ask for a new one.",
  changed: "The quote has changed meanwhile. Read it again before you decide.",
  offline: "No connection. Nothing was sent; try again.",
  busy: "Too many tries. Wait some minutes.",
  failed: "This did not work. Try again, or call us.",
  retry: "Try again",
  language: "Language",
  proof: "Fingerprint of this quote",
};

export type TextKey = keyof typeof en;
type Words = Record<TextKey, string>;

const zh: Words = {
  visit: "次",
  quote: "报价单", for: "致", validUntil: "有效期至", ticket: "服务工单", what: "内容", quantity: "数量",
  price: "单价", net: "不含税金额", netTotal: "不含税合计", total: "价税合计", off: "优惠 {percent}%",
  perHour: "每小时", hour: "小时", overtime: "加班", night: "夜间", holiday: "周末或节假日",
  print: "打印或存为 PDF", decide: "您的决定", name: "您的姓名", nameHint: "有权决定的人",
  box: "我有权代表{buyer}决定，并批准报价 {number}，金额 {total}。", approve: "批准",
  rejectTitle: "不合适？", reason: "原因", reject: "拒绝", askTitle: "提问", question: "您的问题", ask: "提交",
  open: "等待您的决定", approved: "已批准", rejected: "已拒绝",
  expired: "本报价有效期至 {day}，请联系我们重新报价。",
  closed: "本报价已不再有效：已有新版本，或已撤回。请联系我们。",
  approvedBy: "{name} 已于 {when} 批准。我们已收到，会与您联系。",
  rejectedBy: "已于 {when} 拒绝。感谢您告诉我们原因。", needName: "请填写姓名，至少两个字。",
  needBox: "批准前请勾选确认。", needText: "请写几句话。", sent: "已发送，回复会显示在这里。", loading: "加载中",
  gone: "此链接没有对应的报价，请核对或索取新链接。", changed: "报价已有变化，请重新阅读后再决定。",
  offline: "没有网络，未发送任何内容，请重试。", busy: "操作过于频繁，请稍后再试。",
  failed: "操作没有成功，请重试或致电我们。", retry: "重试", language: "语言", proof: "本报价的指纹",
};

const es: Words = {
  visit: "visita",
  quote: "Presupuesto", for: "Para", validUntil: "Válido hasta", ticket: "Orden de servicio",
  what: "Descripción", quantity: "Cantidad", price: "Precio unitario", net: "Neto",
  netTotal: "Total neto", total: "Total", off: "{percent} % de descuento", perHour: "por hora",
  hour: "h", overtime: "horas extra", night: "nocturno", holiday: "fin de semana o festivo",
  print: "Imprimir o guardar en PDF", decide: "Su decisión", name: "Su nombre",
  nameHint: "La persona que decide",
  box: "Puedo decidir en nombre de {buyer} y apruebo el presupuesto {number} por {total}.",
  approve: "Aprobar", rejectTitle: "¿No le conviene?", reason: "Motivo", reject: "Rechazar",
  askTitle: "Preguntas", question: "Su pregunta", ask: "Preguntar", open: "Espera su decisión",
  approved: "Aprobado", rejected: "Rechazado",
  expired: "Este presupuesto era válido hasta el {day}. Pídanos uno nuevo.",
  closed: "Este presupuesto ya no está abierto: hay uno más nuevo o fue retirado. Consúltenos.",
  approvedBy: "Aprobado por {name} el {when}. Lo hemos recibido y le contactaremos.",
  rejectedBy: "Rechazado el {when}. Gracias por decirnos el motivo.",
  needName: "Escriba su nombre, al menos dos letras.", needBox: "Marque la casilla para aprobar.",
  needText: "Escriba unas palabras.", sent: "Enviado. La respuesta aparecerá aquí.",
  loading: "Cargando", gone: "Este enlace no abre ningún presupuesto. Compruébelo o pida uno nuevo.",
  changed: "El presupuesto ha cambiado. Léalo de nuevo antes de decidir.",
  offline: "Sin conexión. No se envió nada; inténtelo de nuevo.",
  busy: "Demasiados intentos. Espere unos minutos.",
  failed: "No ha funcionado. Inténtelo de nuevo o llámenos.", retry: "Reintentar",
  language: "Idioma", proof: "Huella de este presupuesto",
};

const de: Words = {
  visit: "Einsatz",
  quote: "Angebot", for: "Für", validUntil: "Gültig bis", ticket: "Serviceauftrag",
  what: "Beschreibung", quantity: "Menge", price: "Einzelpreis", net: "Netto",
  netTotal: "Summe netto", total: "Gesamt", off: "{percent} % Rabatt", perHour: "je Stunde",
  hour: "Std.", overtime: "Überstunden", night: "Nachtarbeit", holiday: "Wochenende oder Feiertag",
  print: "Drucken oder als PDF sichern", decide: "Ihre Entscheidung", name: "Ihr Name",
  nameHint: "Wer entscheidet",
  box: "Ich darf dies für {buyer} entscheiden und gebe Angebot {number} über {total} frei.",
  approve: "Freigeben", rejectTitle: "Passt es so nicht?", reason: "Warum nicht",
  reject: "Ablehnen", askTitle: "Fragen", question: "Ihre Frage", ask: "Fragen",
  open: "Wartet auf Ihre Entscheidung", approved: "Freigegeben", rejected: "Abgelehnt",
  expired: "Dieses Angebot galt bis {day}. Bitten Sie uns um ein neues.",
  closed: "Dieses Angebot ist nicht mehr offen: Es gibt ein neueres, oder es wurde zurückgezogen.",
  approvedBy: "Freigegeben von {name} am {when}. Wir wissen Bescheid und melden uns.",
  rejectedBy: "Abgelehnt am {when}. Danke, dass Sie uns den Grund nennen.",
  needName: "Schreiben Sie Ihren Namen, mindestens zwei Buchstaben.",
  needBox: "Setzen Sie das Häkchen, um freizugeben.", needText: "Schreiben Sie ein paar Worte.",
  sent: "Gesendet. Die Antwort erscheint hier.", loading: "Lädt",
  gone: "Dieser Link öffnet kein Angebot. Prüfen Sie ihn, oder bitten Sie um einen neuen.",
  changed: "Das Angebot hat sich inzwischen geändert. Lesen Sie es vor der Entscheidung noch einmal.",
  offline: "Keine Verbindung. Es wurde nichts gesendet; versuchen Sie es noch einmal.",
  busy: "Zu viele Versuche. Warten Sie einige Minuten.",
  failed: "Das hat nicht geklappt. Versuchen Sie es noch einmal, oder rufen Sie uns an.",
  retry: "Noch einmal", language: "Sprache", proof: "Fingerabdruck dieses Angebots",
};

const fr: Words = {
  visit: "visite",
  quote: "Devis", for: "Pour", validUntil: "Valable jusqu’au", ticket: "Ticket de service",
  what: "Désignation", quantity: "Quantité", price: "Prix unitaire", net: "HT", netTotal: "Total HT",
  total: "Total TTC", off: "remise de {percent} %", perHour: "par heure", hour: "h",
  overtime: "heures supplémentaires", night: "travail de nuit", holiday: "week-end ou jour férié",
  print: "Imprimer ou enregistrer en PDF", decide: "Votre décision", name: "Votre nom",
  nameHint: "La personne qui décide",
  box: "Je peux décider pour {buyer} et j’approuve le devis {number} de {total}.",
  approve: "Approuver", rejectTitle: "Cela ne convient pas ?", reason: "Pourquoi",
  reject: "Refuser", askTitle: "Questions", question: "Votre question", ask: "Demander",
  open: "Attend votre décision", approved: "Approuvé", rejected: "Refusé",
  expired: "Ce devis était valable jusqu’au {day}. Demandez-nous-en un nouveau.",
  closed: "Ce devis n’est plus ouvert : il y en a un plus récent, ou il a été retiré. Contactez-nous.",
  approvedBy: "Approuvé par {name} le {when}. Nous l’avons reçu et vous contacterons.",
  rejectedBy: "Refusé le {when}. Merci de nous avoir dit pourquoi.",
  needName: "Écrivez votre nom, deux lettres au moins.", needBox: "Cochez la case pour approuver.",
  needText: "Écrivez quelques mots.", sent: "Envoyé. La réponse paraîtra ici.", loading: "Chargement",
  gone: "Ce lien n’ouvre aucun devis. Vérifiez-le ou demandez-en un nouveau.",
  changed: "Le devis a changé entre-temps. Relisez-le avant de décider.",
  offline: "Pas de connexion. Rien n’a été envoyé ; réessayez.",
  busy: "Trop d’essais. Attendez quelques minutes.",
  failed: "Cela n’a pas marché. Réessayez ou appelez-nous.", retry: "Réessayer", language: "Langue",
  proof: "Empreinte de ce devis",
};

export const CATALOGUES: Record<string, Words> = { zh, en, es, de, fr };
export const LANGUAGES = Object.keys(CATALOGUES);

/** The first wish that has words, else English. */
export function pickLanguage(wishes: readonly (string | null | undefined)[]): string {
  for (const wish of wishes) {
    const code = (wish ?? "").trim().toLowerCase().split(/[-_]/)[0] ?? "";
    if (code in CATALOGUES) return code;
  }
  return "en";
}

export class Texts {
  private readonly words: Words;

  constructor(readonly language: string) {
    this.words = CATALOGUES[language] ?? en;
  }

  t(key: TextKey, values: Record<string, string> = {}): string {
    return this.words[key].replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
  }

  /** An amount: all digits stay as they came, never through a float. */
  money(amount: string, currency: string): string {
    if (!/^-?\d+(\.\d+)?$/.test(amount)) return `${amount} ${currency}`;
    const format = new Intl.NumberFormat(this.language, { style: "currency", currency, maximumFractionDigits: 4 });
    return format.format(amount as unknown as number);
  }

  number(digits: string): string {
    return new Intl.NumberFormat(this.language, { maximumFractionDigits: 4 }).format(digits as unknown as number);
  }

  day(iso: string): string {
    const at = new Date(`${iso}T00:00:00Z`);
    if (Number.isNaN(at.getTime())) return iso;
    return new Intl.DateTimeFormat(this.language, { dateStyle: "long", timeZone: "UTC" }).format(at);
  }

  moment(iso: string): string {
    const at = new Date(iso);
    if (Number.isNaN(at.getTime())) return iso;
    return new Intl.DateTimeFormat(this.language, { dateStyle: "medium", timeStyle: "short" }).format(at);
  }
}
