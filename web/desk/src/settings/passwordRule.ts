import type { Translator } from "../i18n/catalogue";

const SHORTEST = 10;

/** What a new password must be; the server checks the same. */
export const passwordRule = (t: Translator) => ({
  required: true,
  min: SHORTEST,
  message: t("user.passwordHint"),
});
