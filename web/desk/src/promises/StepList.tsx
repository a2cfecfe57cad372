import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Checkbox, Form, Select } from "antd";
import { useColleagues } from "../app/presence";
import type { EscalationStep } from "../api/promises";
import { useWords } from "../i18n/LanguageProvider";
import { DurationField } from "./DurationField";
import { freeKey } from "./policyFacts";

const ROLES = ["agent", "dispatcher", "manager", "admin"] as const;

/** The ladder of escalation: when, who is told, what changes. */
export function StepList() {
  const { t } = useWords();
  const form = Form.useFormInstance<{ steps?: EscalationStep[] }>();
  const people = useColleagues().map((one) => ({ value: one.id, label: one.name }));
  const fresh = () => ({ key: freeKey(form.getFieldValue("steps") ?? []), at: "breach", after_minutes: 0, assignee: true });
  return (
    <>
      <p className="quiet">{t("promises.stepsHint")}</p>
      <Form.List name="steps">
        {(fields, { add, remove }) => (
          <div className="line-list">
            {fields.map(({ key, name }) => (
              <fieldset key={key} className="step-box">
                <legend>{t("promises.step", { index: name + 1 })}</legend>
                <div className="step-when">
                  <Form.Item name={[name, "after_minutes"]} label={t("promises.after")}>
                    <DurationField label={t("promises.after")} />
                  </Form.Item>
                  <Form.Item name={[name, "at"]} label={t("promises.afterWhat")}>
                    <Select options={["warning", "breach"].map((value) => ({ value, label: t.label("slaLevel", value) }))} />
                  </Form.Item>
                  <Form.Item name={[name, "kind"]} label={t("promises.kind")}>
                    <Select
                      allowClear
                      placeholder={t("promises.anyKind")}
                      options={["respond", "arrive", "fix"].map((value) => ({ value, label: t.label("dueKind", value) }))}
                    />
                  </Form.Item>
                </div>
                <div className="form-two">
                  <Form.Item name={[name, "roles"]} label={t("promises.tellRoles")}>
                    <Select mode="multiple" options={ROLES.map((value) => ({ value, label: t.label("role", value) }))} />
                  </Form.Item>
                  <Form.Item name={[name, "users"]} label={t("promises.tellPeople")}>
                    <Select mode="multiple" showSearch={{ optionFilterProp: "label" }} options={people} />
                  </Form.Item>
                </div>
                <div className="step-acts">
                  <Form.Item name={[name, "assignee"]} valuePropName="checked" noStyle>
                    <Checkbox>{t("promises.tellAssignee")}</Checkbox>
                  </Form.Item>
                  <Form.Item name={[name, "raise_priority"]} valuePropName="checked" noStyle>
                    <Checkbox>{t("promises.raise")}</Checkbox>
                  </Form.Item>
                  <Form.Item name={[name, "reassign_to"]} noStyle>
                    <Select
                      allowClear
                      className="step-person"
                      showSearch={{ optionFilterProp: "label" }}
                      aria-label={t("promises.giveTo")}
                      placeholder={t("promises.giveTo")}
                      options={people}
                    />
                  </Form.Item>
                  <Button
                    type="text"
                    icon={<DeleteOutlined />}
                    aria-label={t("promises.removeStep")}
                    onClick={() => remove(name)}
                  />
                </div>
              </fieldset>
            ))}
            <Button icon={<PlusOutlined />} onClick={() => add(fresh())}>
              {t("promises.addStep")}
            </Button>
          </div>
        )}
      </Form.List>
    </>
  );
}
