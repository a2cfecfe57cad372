import { Input, Select } from "antd";
import { useId } from "react";
import type { ReactNode } from "react";
import type { ArticleFields } from "../../api/knowledgeTypes";
import { useWords } from "../../i18n/LanguageProvider";
import { ARTICLE_TYPES, AUDIENCES } from "../terms";
import type { FieldFault } from "./fields";

interface Props {
  fields: ArticleFields;
  faults: FieldFault[];
  lang: string;
  extra?: ReactNode;
  onChange: (part: Partial<ArticleFields>) => void;
}

const FIRMWARE = ">=3.2";

/** What an article says about itself. */
export function EditorFields({ fields, faults, lang, extra, onChange }: Props) {
  const { t } = useWords();
  const list = (name: "product_models" | "supersedes", label: string, hint: string) => (
    <Labelled label={label} className={fields[name].length > 0 ? "editor-list" : ""}>
      {(id) => (
        <Select<string[]>
          id={id}
          mode="tags"
          open={false}
          suffixIcon={null}
          tokenSeparators={[",", "，", ";", "；"]}
          value={fields[name]}
          placeholder={hint}
          onChange={(value) => onChange({ [name]: value })}
        />
      )}
    </Labelled>
  );
  const day = (name: "effective_from" | "effective_until", label: string) => (
    <Labelled label={label} fault={faults.includes("dates") && t("editor.fault.dates")}>
      {(id) => (
        <Input
          id={id}
          type="date"
          status={faults.includes("dates") ? "error" : undefined}
          value={fields[name] ?? ""}
          onChange={(event) => onChange({ [name]: event.target.value || null })}
        />
      )}
    </Labelled>
  );
  return (
    <div className="editor-fields">
      <Labelled
        label={t("article.title")}
        className="editor-title"
        fault={faults.includes("title") && t("editor.fault.title")}
      >
        {(id) => (
          <Input
            id={id}
            lang={lang}
            value={fields.title}
            maxLength={300}
            status={faults.includes("title") ? "error" : undefined}
            onChange={(event) => onChange({ title: event.target.value })}
          />
        )}
      </Labelled>
      {extra}
      <Labelled label={t("article.type")}>
        {(id) => (
          <Select<string>
            id={id}
            value={fields.type}
            options={ARTICLE_TYPES.map((one) => ({
              value: one,
              label: t.label("articleType", one),
            }))}
            onChange={(type) => onChange({ type })}
          />
        )}
      </Labelled>
      <Labelled label={t("article.audience")}>
        {(id) => (
          <Select<string>
            id={id}
            value={fields.audience}
            options={AUDIENCES.map((one) => ({ value: one, label: t.label("audience", one) }))}
            onChange={(audience) => onChange({ audience })}
          />
        )}
      </Labelled>
      {list("product_models", t("article.model"), t("article.allModels"))}
      <Labelled label={t("article.firmware")}>
        {(id) => (
          <Input
            id={id}
            value={fields.firmware}
            maxLength={60}
            placeholder={FIRMWARE}
            onChange={(event) => onChange({ firmware: event.target.value })}
          />
        )}
      </Labelled>
      {day("effective_from", t("article.effectiveFrom"))}
      {day("effective_until", t("article.effectiveUntil"))}
      {list("supersedes", t("article.supersedes"), t("article.supersedesHint"))}
    </div>
  );
}

/** A field with its label above and its fault below. */
export function Labelled(props: {
  label: string;
  className?: string;
  fault?: string | false;
  children: (id: string) => ReactNode;
}) {
  const id = useId();
  return (
    <div className={`labelled ${props.className ?? ""}`}>
      <label htmlFor={id}>{props.label}</label>
      {props.children(id)}
      {props.fault && (
        <span className="form-error" role="alert">
          {props.fault}
        </span>
      )}
    </div>
  );
}
