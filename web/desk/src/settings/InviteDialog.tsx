import { Form, Input, Select } from "antd";
import { inviteUser } from "../api/people";
import type { Invitation } from "../api/people";
import type { User } from "../api/types";
import { LANGUAGES } from "../i18n/catalogue";
import { useWords } from "../i18n/LanguageProvider";
import { ActDialog } from "../ui/ActDialog";
import { ROLES } from "./roles";

/** A new member of staff gets a mail with a link to choose the first password. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const { t, f, language } = useWords();
  const needed = { required: true, whitespace: true, message: t("form.needed") };
  return (
    <ActDialog<Invitation, User>
      title={t("users.invite")}
      hint={t("users.inviteHint")}
      submit={t("users.invite")}
      initial={{ role: "agent", language }}
      refresh={[["users"]]}
      run={(values, { key }) => inviteUser(values, key)}
      done={(user) => t("users.invitedDone", { name: user.name, email: user.email })}
      onClose={onClose}
    >
      <Form.Item name="name" label={t("user.name")} rules={[needed]}>
        <Input autoFocus maxLength={200} />
      </Form.Item>
      <Form.Item name="email" label={t("user.email")} rules={[needed, { type: "email", message: t("form.email") }]}>
        <Input maxLength={254} inputMode="email" autoComplete="off" />
      </Form.Item>
      <div className="form-two">
        <Form.Item name="role" label={t("user.role")}>
          <Select options={ROLES.map((role) => ({ value: role, label: t.label("role", role) }))} />
        </Form.Item>
        <Form.Item name="language" label={t("user.language")}>
          <Select options={LANGUAGES.map((code) => ({ value: code, label: f.languageName(code) }))} />
        </Form.Item>
      </div>
    </ActDialog>
  );
}
