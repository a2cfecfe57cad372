import { Form, Input } from "antd";
import { useNavigate } from "react-router";
import { useWords } from "../i18n/LanguageProvider";
import { ActDialog } from "../ui/ActDialog";
import { createSop, fromArticle } from "./api";
import type { SopFile } from "./api";

const CODE = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;
const editPath = (one: SopFile): string => `/sops/${encodeURIComponent(one.code)}/edit`;

function CodeField() {
  const { t } = useWords();
  return (
    <Form.Item
      name="code"
      label={t("sop.code")}
      extra={t("sop.codeHint")}
      rules={[{ required: true, pattern: CODE, message: t("sop.codeNeeded") }]}
    >
      <Input maxLength={60} autoComplete="off" />
    </Form.Item>
  );
}

/** A procedure from nothing: its code and its name. */
export function NewSopDialog({ close }: { close: () => void }) {
  const { t, language } = useWords();
  const navigate = useNavigate();
  return (
    <ActDialog<{ code: string; title: string }, SopFile>
      title={t("sop.new")}
      submit={t("sop.write")}
      run={({ code, title }, { key }) => createSop(code.trim(), { title: { [language]: title.trim() } }, key)}
      refresh={[["sops"]]}
      onDone={(one) => void navigate(editPath(one))}
      onClose={close}
    >
      <Form.Item name="title" label={t("sop.title")} rules={[{ required: true, message: t("form.needed") }]}>
        <Input maxLength={200} autoFocus />
      </Form.Item>
      <CodeField />
    </ActDialog>
  );
}

/** A procedure out of the numbered steps of a knowledge article. */
export function ArticleDialog({ close }: { close: () => void }) {
  const { t } = useWords();
  const navigate = useNavigate();
  return (
    <ActDialog<{ code: string; article: string }, SopFile>
      title={t("sop.fromArticle")}
      hint={t("sop.fromArticleHint")}
      submit={t("sop.makeDraft")}
      run={({ code, article }, { key }) => fromArticle(code.trim(), article.trim(), key)}
      refresh={[["sops"]]}
      onDone={(one) => void navigate(editPath(one))}
      onClose={close}
    >
      <Form.Item name="article" label={t("sop.article")} rules={[{ required: true, message: t("form.needed") }]}>
        <Input maxLength={300} autoFocus autoComplete="off" />
      </Form.Item>
      <CodeField />
    </ActDialog>
  );
}
