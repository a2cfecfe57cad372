import { useMutation } from "@tanstack/react-query";
import { Button, Form, Input, Select } from "antd";
import { useState } from "react";
import { saveReply } from "../api/team";
import type { SaveReply, SavedReply } from "../api/types";
import { useWords } from "../i18n/LanguageProvider";
import { CUSTOMER_LANGUAGES } from "../ui/languages";
import { useFailureText } from "../ui/useFailureText";
import { useUnsaved } from "../ui/useUnsaved";

interface Props {
  /** The reply to change; none: a new one. */
  reply?: SavedReply;
  onDone: () => void;
}

/** Shortcut and language name a reply, so they stay as they are once it exists. */
export function ReplyForm({ reply, onDone }: Props) {
  const { t, f, language } = useWords();
  const failureText = useFailureText();
  const [changed, setChanged] = useState(false);
  useUnsaved(changed);
  const save = useMutation({ mutationFn: saveReply, onSuccess: onDone });
  const needed = { required: true, whitespace: true, message: t("form.needed") };
  return (
    <Form<SaveReply>
      layout="vertical"
      className="inline-form boxed"
      initialValues={reply ?? { language }}
      onValuesChange={() => setChanged(true)}
      onFinish={(values) => save.mutate(values)}
    >
      <Form.Item
        name="shortcut"
        label={t("replies.shortcut")}
        rules={[needed, { pattern: /^[\p{L}\p{N}_-]+$/u, message: t("replies.shortcutRule") }]}
      >
        <Input prefix="/" maxLength={40} disabled={!!reply} autoFocus={!reply} />
      </Form.Item>
      <Form.Item name="language" label={t("contact.language")}>
        <Select
          disabled={!!reply}
          options={CUSTOMER_LANGUAGES.map((code) => ({ value: code, label: f.languageName(code) }))}
        />
      </Form.Item>
      <Form.Item name="title" label={t("replies.title")} rules={[needed]} className="grow">
        <Input maxLength={120} autoFocus={!!reply} />
      </Form.Item>
      <Form.Item name="text" label={t("replies.text")} rules={[needed]} className="full">
        <Input.TextArea autoSize={{ minRows: 3, maxRows: 12 }} maxLength={10_000} />
      </Form.Item>
      {save.isError && (
        <p className="form-error" role="alert">
          {failureText(save.error)}
        </p>
      )}
      <div className="form-acts">
        <Button onClick={onDone}>{t("act.cancel")}</Button>
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {t("act.save")}
        </Button>
      </div>
    </Form>
  );
}
