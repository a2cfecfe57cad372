export const CONSENT_PURPOSES = ["service", "chat", "marketing", "survey", "transfer_abroad"] as const;
export const CONSENT_CHANNELS = ["phone", "mail", "web", "paper", "wechat", "other"] as const;
export const ERASURE_BASES = ["gdpr_17", "pipl_47", "contract_ended", "other"] as const;

/** Whether what was typed may be the person's name or mail address; the server knows for sure. */
export function namesPerson(typed: string, name: string): boolean {
  const text = typed.trim().toLowerCase();
  if (text === "") return false;
  return name.trim() === "" || text === name.trim().toLowerCase() || text.includes("@");
}
