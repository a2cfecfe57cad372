export const ARTICLE_TYPES = ["faq", "troubleshooting", "procedure", "policy", "spec"] as const;
export const AUDIENCES = ["public", "partner", "internal"] as const;
