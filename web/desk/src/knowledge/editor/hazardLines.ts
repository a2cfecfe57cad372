/** How a hazard note begins, in the language of the article: the compiler reads these words. */
const LEADS: Record<string, { engineer: string; care: string }> = {
  zh: { engineer: "警告（仅限合格工程师）：", care: "注意：" },
  en: { engineer: "Warning (qualified engineers only): ", care: "Caution: " },
  es: { engineer: "Advertencia (solo ingenieros cualificados): ", care: "Precaución: " },
  de: { engineer: "Warnung (nur qualifizierte Techniker): ", care: "Vorsicht: " },
  fr: { engineer: "Avertissement (uniquement techniciens qualifiés) : ", care: "Attention : " },
  pt: { engineer: "Aviso (somente técnicos qualificados): ", care: "Cuidado: " },
  ru: { engineer: "Предупреждение (только квалифицированный персонал): ", care: "Осторожно: " },
  ja: { engineer: "警告（有資格者のみ）：", care: "注意：" },
  ko: { engineer: "경고(자격 기술자만): ", care: "주의: " },
  ar: { engineer: "تحذير (فقط مهندس مؤهل): ", care: "تنبيه: " },
  vi: { engineer: "Cảnh báo (chỉ kỹ sư có chuyên môn): ", care: "Thận trọng: " },
  th: { engineer: "คำเตือน (เฉพาะวิศวกร): ", care: "ข้อควรระวัง: " },
};

export type HazardWeight = "engineer" | "care";

export const hazardLead = (lang: string, weight: HazardWeight): string =>
  (LEADS[lang] ?? LEADS.en)?.[weight] ?? "";
