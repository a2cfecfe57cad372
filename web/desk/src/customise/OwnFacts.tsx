import { Button } from "antd";
import { useState } from "react";
import type { OwnField, OwnForm, OwnValue, OwnValues, Subject } from "../api/customise";
import { useWords } from "../i18n/LanguageProvider";
import { Facts, Section } from "../ui/Facts";
import type { Fact } from "../ui/Facts";
import { OwnInput } from "./OwnInput";
import { plainForm, shownOf, useOwnFields, useText, valueText } from "./ownFields";
import { faultOf } from "./validity";
import "../styles/customise.css";

interface Props {
  subject: Subject;
  values: OwnValues | undefined;
  form?: Pick<OwnForm, "sections">;
  /** Saves one value and says how to take it back; absent: to read only. */
  save?: (part: OwnValues, back: OwnValues) => void;
  title?: string;
}

/** The maker's own fields on a record's page, each changed in its place. */
export function OwnFacts({ subject, values = {}, form, save, title }: Props) {
  const { t } = useWords();
  const text = useText();
  const fields = useOwnFields(subject);
  const sections = shownOf(form ?? plainForm(fields), fields, values);
  if (fields.length === 0) return null;
  return (
    <>
      {sections.map((section, at) => {
        const facts: Fact[] = section.fields.map(({ field, item }) => ({
          label: text(field.label) + (item.required || item.required_in.length ? " *" : ""),
          value: (
            <OwnValueCell
              key={JSON.stringify(values[field.key] ?? null)}
              field={field}
              value={values[field.key]}
              needed={item.required && (values[field.key] ?? null) === null}
              save={save && ((next) => save({ [field.key]: next }, { [field.key]: values[field.key] ?? null }))}
            />
          ),
          wide: field.type === "long_text",
        }));
        return facts.length === 0 ? null : (
          <Section key={at} title={text(section.title) || title || t("own.title")}>
            <Facts facts={facts} />
          </Section>
        );
      })}
    </>
  );
}

interface CellProps {
  field: OwnField;
  value: OwnValue | undefined;
  needed: boolean;
  save?: (next: OwnValue) => void;
}

const CHOSEN = ["choice", "boolean"];

/** A value; a click lets it be changed, Enter or leaving it saves, Escape leaves it as it was. */
function OwnValueCell({ field, value, needed, save }: CellProps) {
  const { t, f, language } = useWords();
  const text = useText();
  const [editing, setEditing] = useState(false);
  const [draft, setDraft] = useState<OwnValue>(value ?? null);
  const shown = valueText(field, value, language, t, f);
  const fault = faultOf(field, draft);
  const keep = (next: OwnValue) => {
    setEditing(false);
    const empty = next === "" || (Array.isArray(next) && next.length === 0);
    const wanted = empty ? null : next;
    if (JSON.stringify(wanted) !== JSON.stringify(value ?? null)) save?.(wanted);
  };
  if (!save || !editing) {
    return (
      <span className="own-value">
        {field.type === "link" && typeof value === "string" ? (
          <a href={value} target="_blank" rel="noopener noreferrer">
            {value}
          </a>
        ) : (
          shown || <span className="quiet">{needed ? t("ticket.needed") : "–"}</span>
        )}
        {save && (
          <Button
            type="link"
            size="small"
            className="own-edit"
            aria-label={t("own.change", { name: text(field.label) })}
            onClick={() => setEditing(true)}
          >
            {t("act.change")}
          </Button>
        )}
      </span>
    );
  }
  const cancel = () => {
    setDraft(value ?? null);
    setEditing(false);
  };
  const direct = CHOSEN.includes(field.type);
  return (
    <form
      className="own-editor"
      onSubmit={(event) => {
        event.preventDefault();
        if (!fault) keep(draft);
      }}
      onKeyDown={(event) => event.key === "Escape" && cancel()}
    >
      <OwnInput
        field={field}
        small
        value={draft}
        status={fault ? "error" : undefined}
        onChange={(next) => (direct ? keep(next) : setDraft(next))}
      />
      {fault && (
        <small className="needed">
          {t(`own.fault.${fault}`, { pattern: field.pattern, count: field.min_chars ?? 0 })}
        </small>
      )}
      <span className="own-acts">
        {!direct && (
          <Button size="small" type="primary" htmlType="submit" disabled={!!fault}>
            {t("act.save")}
          </Button>
        )}
        <Button size="small" onClick={cancel}>
          {t("act.cancel")}
        </Button>
      </span>
    </form>
  );
}
