/** What a failure is called in the customer's language. */

import { Refused, Unreachable } from "./api";
import type { Texts } from "./texts";

export function failureText(error: unknown, texts: Texts): string {
  if (error instanceof Unreachable) return texts.t("offline");
  if (!(error instanceof Refused)) return texts.t("failed");
  if (error.status === 404) return texts.t("unknown");
  if (error.status === 409) return texts.t("closed");
  if (error.status === 429) return texts.t("busy");
  return texts.t("failed");
}
