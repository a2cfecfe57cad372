import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Form, Input, Select } from "antd";
import { createUser } from "../api/team";
import type { NewUser as NewUserValues } from "../api/types";
import { LANGUAGES } from "../i18n/catalogue";
import { useWords } from "../i18n/LanguageProvider";
import { useFailureText } from "../ui/useFailureText";
import { ROLES } from "./roles";

export function NewUser({ onDone }: { onDone: () => void }) {
  const { t, f } = useWords();
  const client = useQueryClient();
  const failureText = useFailureText();
  const add = useMutation({
    mutationFn: createUser,
    onSuccess: async () => {
      onDone();
      await client.invalidateQueries({ queryKey: ["users"] });
    },
  });
  const needed = { required: true, whitespace: true, message: t("form.needed") };
  return (
    <Form<NewUserValues>
      layout="vertical"
      className="inline-form boxed"
      initialValues={{ role: "agent", language: "zh" }}
      onFinish={(values) => add.mutate(values)}
    >
      <Form.Item name="name" label={t("user.name")} rules={[needed]}>
        <Input maxLength={200} autoFocus />
      </Form.Item>
      <Form.Item
        name="email"
        label={t("user.email")}
        rules={[needed, { type: "email", message: t("form.email") }]}
      >
        <Input maxLength={254} inputMode="email" autoComplete="off" />
      </Form.Item>
      <Form.Item
        name="password"
        label={t("user.password")}
        extra={t("user.passwordHint")}
        rules={[{ required: true, min: 10, message: t("user.passwordHint") }]}
      >
        <Input.Password maxLength={200} autoComplete="new-password" />
      </Form.Item>
      <Form.Item name="role" label={t("user.role")}>
        <Select options={ROLES.map((role) => ({ value: role, label: t.label("role", role) }))} />
      </Form.Item>
      <Form.Item name="language" label={t("user.language")}>
        <Select options={LANGUAGES.map((code) => ({ value: code, label: f.languageName(code) }))} />
      </Form.Item>
      {add.isError && (
        <p className="form-error" role="alert">
          {failureText(add.error)}
        </p>
      )}
      <div className="form-acts">
        <Button onClick={onDone}>{t("act.cancel")}</Button>
        <Button type="primary" htmlType="submit" loading={add.isPending}>
          {t("users.add")}
        </Button>
      </div>
    </Form>
  );
}
