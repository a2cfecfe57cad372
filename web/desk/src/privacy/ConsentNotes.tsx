import { EditOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Form, Input, Select } from "antd";
import { useState } from "react";
import { useMay } from "../app/session";
import { consentNotes, saveNote } from "../api/privacy";
import type { ConsentNote } from "../api/privacy";
import { useWords } from "../i18n/LanguageProvider";
import { ActDialog } from "../ui/ActDialog";
import { ErrorState } from "../ui/ErrorState";
import { Section } from "../ui/Facts";
import { LanguageTag } from "../ui/LanguageTag";
import { LinesSkeleton } from "../ui/Skeletons";
import { CUSTOMER_LANGUAGES } from "../ui/languages";
import { CONSENT_PURPOSES } from "./terms";

const KEY = ["privacy", "notes"];

/** What persons are told before they consent, per purpose and language. */
export function ConsentNotes() {
  const { t, f } = useWords();
  const mayWrite = useMay("privacy");
  const [editing, setEditing] = useState<Partial<ConsentNote>>();
  const notes = useQuery({ queryKey: KEY, queryFn: consentNotes });
  return (
    <Section
      title={t("notes.title")}
      extra={
        mayWrite && (
          <Button size="small" onClick={() => setEditing({ purpose: "service" })}>
            {t("notes.add")}
          </Button>
        )
      }
    >
      <p className="quiet">{t("notes.hint")}</p>
      {notes.isPending && <LinesSkeleton lines={2} />}
      {notes.isError && <ErrorState error={notes.error} retry={() => notes.refetch()} />}
      {notes.data?.length === 0 && <p className="quiet">{t("notes.none")}</p>}
      <ul className="rows">
        {notes.data?.map((one) => (
          <li key={`${one.purpose}-${one.language}`}>
            <span className="row-text">
              <strong>
                {t.label("consentPurpose", one.purpose)} <LanguageTag code={one.language} />
              </strong>
              <small className="row-excerpt">{one.text}</small>
              <small>{t("notes.number", { number: one.number, date: f.date(one.created_at) })}</small>
            </span>
            {mayWrite && (
              <Button
                type="text"
                icon={<EditOutlined />}
                aria-label={t("act.edit", { name: t.label("consentPurpose", one.purpose) })}
                onClick={() => setEditing(one)}
              />
            )}
          </li>
        ))}
      </ul>
      {editing && <NoteDialog note={editing} onClose={() => setEditing(undefined)} />}
    </Section>
  );
}

function NoteDialog({ note, onClose }: { note: Partial<ConsentNote>; onClose: () => void }) {
  const { t, f, language } = useWords();
  return (
    <ActDialog<{ purpose: string; language: string; text: string }, ConsentNote>
      width={640}
      title={t(note.number ? "notes.change" : "notes.add")}
      hint={t("notes.changeHint")}
      submit={t("notes.publish")}
      initial={{ language, ...note }}
      refresh={[KEY]}
      run={({ purpose, language: lang, text }, { key }) =>
        saveNote({ purpose, language: lang, text: text.trim() }, key)
      }
      done={(saved) => t("notes.saved", { number: saved.number })}
      onClose={onClose}
    >
      <div className="form-two">
        <Form.Item name="purpose" label={t("privacy.purpose")}>
          <Select
            disabled={!!note.number}
            options={CONSENT_PURPOSES.map((one) => ({ value: one, label: t.label("consentPurpose", one) }))}
          />
        </Form.Item>
        <Form.Item name="language" label={t("contact.language")}>
          <Select
            disabled={!!note.number}
            options={CUSTOMER_LANGUAGES.map((code) => ({ value: code, label: f.languageName(code) }))}
          />
        </Form.Item>
      </div>
      <Form.Item
        name="text"
        label={t("notes.text")}
        rules={[{ required: true, whitespace: true, message: t("form.needed") }]}
      >
        <Input.TextArea autoFocus autoSize={{ minRows: 6, maxRows: 16 }} maxLength={8000} showCount />
      </Form.Item>
    </ActDialog>
  );
}
