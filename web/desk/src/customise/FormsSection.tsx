import { DeleteOutlined, EditOutlined, PlusOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Form, Select, Tag } from "antd";
import { useState } from "react";
import { ownForms, ownTypes, saveForm } from "../api/customise";
import type { FormItem, FormSection as Part, OwnField, OwnForm, OwnType, OwnValues } from "../api/customise";
import { TYPES } from "../tickets/terms";
import { useWords } from "../i18n/LanguageProvider";
import { EmptyState } from "../ui/EmptyState";
import { ErrorState } from "../ui/ErrorState";
import { LinesSkeleton } from "../ui/Skeletons";
import { useCommand } from "../ui/useCommand";
import { useUnsaved } from "../ui/useUnsaved";
import { FormItemLine } from "./FormItemLine";
import { LabelInput } from "./LabelInput";
import { Movable, moved } from "./Movable";
import { OwnFormFields } from "./OwnFormFields";
import { TypeDialog } from "./TypeDialog";
import { FORMS_KEY, TYPES_KEY, useOwnFields, useText } from "./ownFields";
import "../styles/customise.css";

/** The forms of tickets: which fields a type shows, in which order, and when each is needed. */
export function FormsSection() {
  const { t } = useWords();
  const text = useText();
  const forms = useQuery({ queryKey: FORMS_KEY, queryFn: ownForms });
  const types = useQuery({ queryKey: TYPES_KEY, queryFn: ownTypes });
  const fields = useOwnFields("ticket");
  const [code, setCode] = useState<string>("incident");
  const [typed, setTyped] = useState<OwnType | "new">();
  if (forms.isPending || types.isPending) return <LinesSkeleton />;
  if (!forms.data || !types.data) {
    return <ErrorState error={forms.error ?? types.error} retry={() => forms.refetch()} />;
  }
  const own = types.data.items;
  const chosen = own.find((one) => one.code === code);
  const form = forms.data.items.find((one) => one.ticket_type === code);
  return (
    <div className="customise">
      <p className="quiet">{t("own.formsHint")}</p>
      <div className="customise-bar">
        <Select
          className="customise-pick"
          aria-label={t("ticket.type")}
          value={code}
          options={[
            { label: t("own.builtIn"), options: TYPES.map((value) => ({ value: value as string, label: t.label("type", value) })) },
            { label: t("own.ownTypes"), options: own.map((one) => ({ value: one.code, label: text(one.label) })) },
          ]}
          onChange={setCode}
        />
        {chosen && (
          <Button icon={<EditOutlined />} onClick={() => setTyped(chosen)}>
            {t("own.editType")}
          </Button>
        )}
        {chosen && !chosen.active && <Tag>{t("own.inactive")}</Tag>}
        <Button icon={<PlusOutlined />} onClick={() => setTyped("new")}>
          {t("own.addType")}
        </Button>
      </div>
      {fields.length === 0 && <EmptyState title={t("own.noFieldsYet")} hint={t("own.noFieldsYetHint")} />}
      {form && fields.length > 0 && <Editor key={`${code}.${form.version}`} saved={form} fields={fields} />}
      {typed && (
        <TypeDialog
          type={typed === "new" ? undefined : typed}
          onDone={(made) => setCode(made.code)}
          onClose={() => setTyped(undefined)}
        />
      )}
    </div>
  );
}

const item = (field: string): FormItem => ({ field, required: false, required_in: [], shown_when: null });

function Editor({ saved, fields }: { saved: OwnForm; fields: OwnField[] }) {
  const { t } = useWords();
  const text = useText();
  const [sections, setSections] = useState<Part[]>(saved.sections.length ? saved.sections : [{ title: {}, fields: [] }]);
  const changed = JSON.stringify(sections) !== JSON.stringify(saved.sections);
  useUnsaved(changed);
  const save = useCommand({
    run: (parts: Part[], { version }) =>
      saveForm({ ticket_type: saved.ticket_type, sections: parts, version: version ?? 0 }),
    version: saved.version,
    refresh: [FORMS_KEY, ["tickets"]],
    done: () => t("own.formSaved"),
  });
  const used = new Set(sections.flatMap((part) => part.fields.map((one) => one.field)));
  const free = fields.filter((one) => !used.has(one.key));
  const put = (at: number, part: Part) => setSections(sections.map((one, index) => (index === at ? part : one)));
  const above = (at: number, upTo: number): OwnField[] => {
    const keys = [
      ...sections.slice(0, at).flatMap((part) => part.fields),
      ...(sections[at]?.fields.slice(0, upTo) ?? []),
    ].map((one) => one.field);
    return fields.filter((one) => keys.includes(one.key));
  };
  return (
    <div className="form-editor">
      <div>
        {!saved.own && <p className="quiet">{t("own.formDefault")}</p>}
        {sections.map((part, at) => (
          <section key={at} className="form-part">
            <header>
              <LabelInput max={120} value={part.title} onChange={(title) => put(at, { ...part, title })} />
              <Button type="text" disabled={at === 0} onClick={() => setSections(moved(sections, at, at - 1))}>
                ↑
              </Button>
              <Button
                type="text"
                icon={<DeleteOutlined />}
                disabled={sections.length === 1}
                aria-label={t("own.removeSection")}
                onClick={() => setSections(sections.filter((_, index) => index !== at))}
              />
            </header>
            <Movable
              items={part.fields}
              keyOf={(one) => one.field}
              nameOf={(one) => one.field}
              onOrder={(next) => put(at, { ...part, fields: next })}
              render={(one, index) => (
                <FormItemLine
                  item={one}
                  field={fields.find((two) => two.key === one.field)}
                  above={above(at, index)}
                  change={(next) => put(at, { ...part, fields: part.fields.map((old, i) => (i === index ? next : old)) })}
                  remove={() => put(at, { ...part, fields: part.fields.filter((_, i) => i !== index) })}
                />
              )}
            />
            <Select<string | null>
              className="add-field"
              value={null}
              disabled={free.length === 0}
              placeholder={free.length ? t("own.putField") : t("own.allPut")}
              aria-label={t("own.putField")}
              options={free.map((one) => ({ value: one.key, label: text(one.label) }))}
              onChange={(key) => key && put(at, { ...part, fields: [...part.fields, item(key)] })}
            />
          </section>
        ))}
        <Button icon={<PlusOutlined />} onClick={() => setSections([...sections, { title: {}, fields: [] }])}>
          {t("own.addSection")}
        </Button>
        <div className="form-acts">
          <Button disabled={!changed} onClick={() => setSections(saved.sections)}>
            {t("act.discard")}
          </Button>
          <Button type="primary" disabled={!changed} loading={save.busy} onClick={() => save.submit(sections)}>
            {t("act.save")}
          </Button>
        </div>
      </div>
      <Preview sections={sections} />
    </div>
  );
}

/** The form as people will fill it in; it can be tried and saves nothing. */
function Preview({ sections }: { sections: Part[] }) {
  const { t } = useWords();
  const [form] = Form.useForm<{ custom: OwnValues }>();
  const values = (Form.useWatch([], form) as { custom?: OwnValues } | undefined)?.custom ?? {};
  return (
    <aside className="form-preview" aria-label={t("own.preview")}>
      <h2>{t("own.preview")}</h2>
      <Form form={form} layout="vertical">
        <OwnFormFields subject="ticket" values={values} form={{ sections }} />
      </Form>
    </aside>
  );
}
