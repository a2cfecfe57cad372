import { ProblemError } from "../http";
import type { I18n } from "../i18n";

/** What to tell the person about a failed act: the server's words, else ours. */
export function troubleText(error: unknown, i18n: I18n): string {
  if (error instanceof ProblemError) return error.message || i18n.t("action_failed");
  return navigator.onLine === false ? i18n.t("status_offline") : i18n.t("action_failed");
}
