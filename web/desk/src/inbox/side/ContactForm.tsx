import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Form, Input, Select } from "antd";
import { changeContact } from "../../api/records";
import type { Contact } from "../../api/types";
import { useWords } from "../../i18n/LanguageProvider";
import { useFailure } from "../../ui/useFailureText";
import { CUSTOMER_LANGUAGES } from "../../ui/languages";

interface Props {
  contact: Contact;
  conversationId: string;
  onDone: () => void;
}

export function ContactForm({ contact, conversationId, onDone }: Props) {
  const { t, f } = useWords();
  const client = useQueryClient();
  const { fail } = useFailure();
  const save = useMutation({
    mutationFn: (values: Partial<Contact>) => changeContact(contact.id, values),
    onSuccess: async () => {
      onDone();
      await Promise.all([
        client.invalidateQueries({ queryKey: ["conversation", conversationId] }),
        client.invalidateQueries({ queryKey: ["conversations"] }),
      ]);
    },
    onError: fail,
  });
  return (
    <Form
      layout="vertical"
      size="small"
      initialValues={contact}
      onFinish={(values: Partial<Contact>) => save.mutate(values)}
    >
      <Form.Item name="name" label={t("contact.name")}>
        <Input maxLength={200} autoFocus />
      </Form.Item>
      <Form.Item name="phone" label={t("contact.phone")}>
        <Input maxLength={30} inputMode="tel" />
      </Form.Item>
      <Form.Item
        name="email"
        label={t("contact.email")}
        rules={[{ type: "email", message: t("form.email") }]}
      >
        <Input maxLength={254} inputMode="email" />
      </Form.Item>
      <Form.Item name="language" label={t("contact.language")}>
        <Select
          options={CUSTOMER_LANGUAGES.map((code) => ({ value: code, label: f.languageName(code) }))}
        />
      </Form.Item>
      <div className="form-acts">
        <Button size="small" onClick={onDone}>
          {t("act.cancel")}
        </Button>
        <Button size="small" type="primary" htmlType="submit" loading={save.isPending}>
          {t("act.save")}
        </Button>
      </div>
    </Form>
  );
}
