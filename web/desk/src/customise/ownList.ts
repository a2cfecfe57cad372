import { createElement, useMemo } from "react";
import type { OwnField, OwnValues, Subject } from "../api/customise";
import { useWords } from "../i18n/LanguageProvider";
import type { ListFilter, ServerColumn } from "../ui/listShape";
import { useOwnFields, useText, valueText } from "./ownFields";

const UNSORTED = ["long_text", "multi_choice"];

interface Carrier {
  custom?: Record<string, unknown>;
}

/** Columns for the maker's own fields; those marked for lists are shown from the first. */
export function useOwnColumns<T extends Carrier>(subject: Subject, sorted = false): ServerColumn<T>[] {
  const { t, f, language } = useWords();
  const text = useText();
  const fields = useOwnFields(subject);
  return useMemo(
    () =>
      fields.map((field) => ({
        key: `custom.${field.key}`,
        title: text(field.label),
        width: field.type === "long_text" ? 240 : 140,
        align: field.type === "number" ? ("end" as const) : undefined,
        hidden: !field.in_list,
        sort: sorted && !UNSORTED.includes(field.type) ? `custom.${field.key}` : undefined,
        render: (row: T) => {
          const shown = valueText(field, (row.custom as OwnValues | undefined)?.[field.key], language, t, f);
          return field.type === "number" ? createElement("span", { className: "figures" }, shown) : shown;
        },
      })),
    [fields, sorted, language, t, f, text],
  );
}

/** Filters for the maker's own fields, by the names that the backend has for them. */
export function useOwnFilters(subject: Subject): ListFilter[] {
  const { t } = useWords();
  const text = useText();
  const fields = useOwnFields(subject);
  return useMemo(() => fields.flatMap((field) => filtersOf(field, text(field.label))), [fields, text, t]);

  function filtersOf(field: OwnField, label: string): ListFilter[] {
    const name = `custom.${field.key}`;
    const span = (kind: "day" | "text"): ListFilter[] => [
      { kind, name: `${name}_from`, label: t("own.from", { name: label }) },
      { kind, name: `${name}_until`, label: t("own.until", { name: label }) },
    ];
    switch (field.type) {
      case "long_text":
        return [];
      case "choice":
      case "multi_choice":
        return [{ kind: "many", name, label, options: field.options.map((one) => ({ value: one.id, label: text(one.label) })) }];
      case "boolean":
        return [{ kind: "one", name, label, options: [{ value: "true", label: t("state.yes") }, { value: "false", label: t("state.no") }] }];
      case "date":
      case "datetime":
        return span("day");
      case "number":
        return span("text");
      default:
        return [{ kind: "text", name, label }];
    }
  }
}
