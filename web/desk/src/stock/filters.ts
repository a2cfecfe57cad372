import { useMemo } from "react";
import { allLocations, stockParts } from "../api/stock";
import { useWords } from "../i18n/LanguageProvider";
import type { ListFilter } from "../ui/listShape";
import { CONDITIONS, partName } from "./terms";

/** The filters that several lists of the stock share. */
export function useStockFilters(): Record<"location" | "part" | "condition", ListFilter> {
  const { t, language } = useWords();
  return useMemo(
    () => ({
      location: {
        name: "location",
        label: t("stock.location"),
        kind: "find",
        find: async (q, signal) =>
          (await allLocations({ q }, signal)).slice(0, 50).map((one) => ({
            value: one.code,
            label: [one.code, one.name].filter(Boolean).join(" · "),
          })),
      },
      part: {
        name: "part",
        label: t("stock.part"),
        kind: "find",
        find: async (q, signal) =>
          (await stockParts({ q, limit: 20 }, signal)).items.map((one) => ({
            value: one.part,
            label: [one.part, partName(one.names, language)].filter(Boolean).join(" · "),
          })),
      },
      condition: {
        name: "condition",
        label: t("stock.condition"),
        kind: "one",
        options: CONDITIONS.map((one) => ({ value: one, label: t.label("condition", one) })),
      },
    }),
    [t, language],
  );
}
