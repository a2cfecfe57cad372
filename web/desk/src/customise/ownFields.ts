import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { ownFields, ownForms, ownTypes } from "../api/customise";
import type {
  FormItem,
  OwnField,
  OwnForm,
  OwnType,
  OwnValue,
  OwnValues,
  Subject,
  Texts,
} from "../api/customise";
import { useWords } from "../i18n/LanguageProvider";
import type { Formats } from "../i18n/format";
import type { Translator } from "../i18n/catalogue";

const FIVE_MINUTES = 300_000;
export const FIELDS_KEY = ["own-fields"];
export const FORMS_KEY = ["own-forms"];
export const TYPES_KEY = ["own-types"];

/** A text in the reader's language, else in English, else in any. */
export const textIn = (texts: Texts | undefined, language: string): string =>
  texts?.[language] || texts?.en || Object.values(texts ?? {})[0] || "";

export const useText = (): ((texts: Texts | undefined) => string) => {
  const { language } = useWords();
  return useMemo(() => (texts) => textIn(texts, language), [language]);
};

/** The maker's own fields of one subject that are in use, in order. */
export function useOwnFields(subject: Subject): OwnField[] {
  const found = useQuery({ queryKey: FIELDS_KEY, queryFn: ownFields, staleTime: FIVE_MINUTES });
  return useMemo(
    () => (found.data?.items ?? []).filter((one) => one.object === subject && one.active),
    [found.data, subject],
  );
}

export function useOwnForms(): OwnForm[] {
  const found = useQuery({ queryKey: FORMS_KEY, queryFn: ownForms, staleTime: FIVE_MINUTES });
  return found.data?.items ?? [];
}

export function useOwnTypes(): OwnType[] {
  const found = useQuery({ queryKey: TYPES_KEY, queryFn: ownTypes, staleTime: FIVE_MINUTES });
  return found.data?.items ?? [];
}

export interface Shown {
  field: OwnField;
  item: FormItem;
}

const holds = (value: OwnValue | undefined, wanted: (string | boolean)[]): boolean =>
  (Array.isArray(value) ? value : [value]).some((one) => wanted.some((two) => two === one));

/** The fields that a form shows with these values, section by section; as the backend decides it. */
export function shownOf(
  form: Pick<OwnForm, "sections">,
  fields: OwnField[],
  values: OwnValues,
): { title: Texts; fields: Shown[] }[] {
  const known = new Map(fields.map((one) => [one.key, one]));
  const seen = new Map<string, OwnValue | undefined>();
  return form.sections.map((section) => ({
    title: section.title,
    fields: section.fields.flatMap((item) => {
      const field = known.get(item.field);
      const when = item.shown_when;
      if (!field || (when && !holds(seen.get(when.field), when.values))) return [];
      seen.set(field.key, values[field.key]);
      return [{ field, item }];
    }),
  }));
}

/** A form for subjects that have none: every field, needed where it says so. */
export const plainForm = (fields: OwnField[]): Pick<OwnForm, "sections"> => ({
  sections: [
    {
      title: {},
      fields: fields.map((one) => ({
        field: one.key, required: one.required, required_in: [], shown_when: null,
      })),
    },
  ],
});

/** The values that are not empty, as a new record takes them. */
export const filled = (values: OwnValues | undefined): OwnValues =>
  Object.fromEntries(
    Object.entries(values ?? {}).filter(
      ([, value]) => value !== null && value !== undefined && value !== "" &&
        !(Array.isArray(value) && value.length === 0),
    ),
  );

/** A value as people read it. */
export function valueText(
  field: OwnField,
  value: OwnValue | undefined,
  language: string,
  t: Translator,
  f: Formats,
): string {
  if (value === null || value === undefined || value === "") return "";
  if (typeof value === "boolean") return t(value ? "state.yes" : "state.no");
  if (field.type === "number") return `${f.number(Number(value), field.decimals ?? 0)} ${field.unit}`.trim();
  if (field.type === "date") return f.date(String(value));
  if (field.type === "datetime") return f.dateTime(String(value));
  if (field.options.length > 0) {
    return (Array.isArray(value) ? value : [value])
      .map((one) => textIn(field.options.find((two) => two.id === one)?.label, language) || String(one))
      .join(", ");
  }
  return String(value);
}
