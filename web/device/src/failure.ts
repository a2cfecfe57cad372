/** What a failure is called in the visitor's language. */

import { Refused, Unreachable } from "./api";
import type { Texts } from "./i18n";

export function failureText(error: unknown, texts: Texts): string {
  if (error instanceof Unreachable) return texts.t("e_offline");
  if (!(error instanceof Refused)) return texts.t("e_other");
  if (error.status === 429) return texts.t("e_429", { n: Math.ceil(error.retryAfter) });
  if (error.status === 404) return texts.t("e_404");
  if (error.status === 409) return texts.t("e_conflict");
  if (error.status === 413) return texts.t("e_413");
  if (error.status === 415) return texts.t("e_415");
  return texts.t("e_other");
}
