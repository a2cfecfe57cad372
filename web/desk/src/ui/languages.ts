/** Languages that customers write in and the bot answers in. */
export const CUSTOMER_LANGUAGES = [
  "zh", "en", "es", "de", "fr", "pt", "ru", "ja", "ko", "ar", "vi", "th",
] as const;
