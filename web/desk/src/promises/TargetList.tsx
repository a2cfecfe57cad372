import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Checkbox, Form, Select } from "antd";
import { useWords } from "../i18n/LanguageProvider";
import { PRIORITIES, TYPES } from "../tickets/terms";
import { DurationField } from "./DurationField";

/** The promises of a policy; the most exact line that fits a ticket counts. */
export function TargetList() {
  const { t } = useWords();
  return (
    <>
      <p className="quiet">{t("promises.targetsHint")}</p>
      <Form.List name="targets">
        {(fields, { add, remove }) => (
          <div className="line-list">
            {fields.map(({ key, name }) => (
              <div key={key} className="target-row">
                <Form.Item name={[name, "kind"]} noStyle>
                  <Select
                    aria-label={t("promises.kind")}
                    options={["respond", "arrive", "fix"].map((value) => ({ value, label: t.label("dueKind", value) }))}
                  />
                </Form.Item>
                <Form.Item name={[name, "minutes"]} noStyle>
                  <DurationField label={t("promises.within")} min={1} />
                </Form.Item>
                <Form.Item name={[name, "priority"]} noStyle>
                  <Select
                    allowClear
                    aria-label={t("ticket.priority")}
                    placeholder={t("promises.anyPriority")}
                    options={PRIORITIES.map((value) => ({ value, label: t.label("priority", value) }))}
                  />
                </Form.Item>
                <Form.Item name={[name, "type"]} noStyle>
                  <Select
                    allowClear
                    aria-label={t("ticket.type")}
                    placeholder={t("promises.anyType")}
                    options={TYPES.map((value) => ({ value, label: t.label("type", value) }))}
                  />
                </Form.Item>
                <Form.Item name={[name, "around_the_clock"]} valuePropName="checked" noStyle>
                  <Checkbox>{t("promises.roundTheClock")}</Checkbox>
                </Form.Item>
                <Button
                  type="text"
                  icon={<DeleteOutlined />}
                  aria-label={t("contract.removeLine")}
                  disabled={fields.length === 1}
                  onClick={() => remove(name)}
                />
              </div>
            ))}
            <Button icon={<PlusOutlined />} onClick={() => add({ kind: "respond", minutes: 240 })}>
              {t("promises.addTarget")}
            </Button>
          </div>
        )}
      </Form.List>
    </>
  );
}
