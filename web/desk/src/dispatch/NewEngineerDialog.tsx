import { Form, Input, InputNumber, Select } from "antd";
import { addEngineer } from "../api/engineers";
import type { NewEngineer } from "../api/engineers";
import { useWords } from "../i18n/LanguageProvider";
import { ActDialog } from "../ui/ActDialog";
import { allZones, ownZone } from "../ui/zoned";

/** The few facts that a new engineer needs to get work; the rest is added on their file. */
export function NewEngineerDialog({ onClose, onMade }: { onClose: () => void; onMade: (code: string) => void }) {
  const { t } = useWords();
  const needed = { required: true, whitespace: true, message: t("form.needed") };
  return (
    <ActDialog<NewEngineer, { code: string }>
      title={t("dispatch.addEngineer")}
      submit={t("dispatch.addEngineer")}
      initial={{ level: 1, time_zone: ownZone(), shift: "Mon-Fri 09:00-18:00", skills: [] }}
      refresh={[["engineers"], ["dispatch"]]}
      run={(values, { key }) => addEngineer(values, key)}
      done={(made) => t("dispatch.engineerAdded", { code: made.code })}
      onDone={(made) => onMade(made.code)}
      onClose={onClose}
    >
      <div className="form-three">
        <Form.Item name="code" label={t("dispatch.code")} rules={[needed]}>
          <Input autoFocus maxLength={40} />
        </Form.Item>
        <Form.Item name="name" label={t("dispatch.name")} rules={[needed]}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="level" label={t("dispatch.level")}>
          <InputNumber min={1} max={9} />
        </Form.Item>
      </div>
      <Form.Item name="email" label={t("dispatch.email")} extra={t("dispatch.emailHint")}>
        <Input maxLength={254} type="email" />
      </Form.Item>
      <Form.Item name="base_city" label={t("dispatch.city")}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="skills" label={t("dispatch.skills")}>
        <Select mode="tags" />
      </Form.Item>
      <Form.Item name="shift" label={t("dispatch.hours")} extra={t("dispatch.hoursHint")}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="time_zone" label={t("visit.zone")}>
        <Select showSearch options={allZones().map((zone) => ({ value: zone, label: zone }))} />
      </Form.Item>
    </ActDialog>
  );
}
