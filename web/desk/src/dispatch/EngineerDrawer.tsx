import { DeleteOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Drawer, Form, Input, InputNumber, Select, Switch } from "antd";
import { useState } from "react";
import {
  addAbsence,
  addCertificate,
  cancelAbsence,
  changeEngineer,
  engineer,
  removeCertificate,
} from "../api/engineers";
import type { Absence, EngineerChanges, EngineerFile } from "../api/engineers";
import { useWords } from "../i18n/LanguageProvider";
import { ActDialog } from "../ui/ActDialog";
import { ErrorState } from "../ui/ErrorState";
import { Section } from "../ui/Facts";
import { LinesSkeleton } from "../ui/Skeletons";
import { useCommand } from "../ui/useCommand";
import { useNarrow } from "../ui/useNarrow";
import { useUnsaved } from "../ui/useUnsaved";
import { ownZone, fromZone } from "../ui/zoned";

const KEYS = [["engineers"], ["dispatch"]];
const FIELDS = [
  "name", "email", "phone", "base_city", "lat", "lon", "level", "skills", "languages", "areas", "tools", "van",
  "daily_limit", "shift", "active",
] as const;

/** Everything on file about an engineer: facts, papers, absences. */
export function EngineerDrawer({ code, mayWrite, onClose }: { code: string; mayWrite: boolean; onClose: () => void }) {
  const narrow = useNarrow(900);
  const found = useQuery({ queryKey: ["engineers", code], queryFn: () => engineer(code) });
  return (
    <Drawer open size={narrow ? "100%" : 620} title={found.data?.name ?? code} onClose={onClose}>
      {found.isPending ? (
        <LinesSkeleton lines={8} />
      ) : found.data ? (
        <>
          <Facts key={found.data.version} file={found.data} mayWrite={mayWrite} />
          <Papers file={found.data} mayWrite={mayWrite} />
          <Absences file={found.data} mayWrite={mayWrite} />
        </>
      ) : (
        <ErrorState error={found.error} retry={() => found.refetch()} />
      )}
    </Drawer>
  );
}

function Facts({ file, mayWrite }: { file: EngineerFile; mayWrite: boolean }) {
  const { t } = useWords();
  const [form] = Form.useForm<EngineerChanges>();
  const [changed, setChanged] = useState(false);
  useUnsaved(changed);
  const save = useCommand<EngineerChanges, unknown>({
    run: (values, { version }) => changeEngineer(file.code, { ...values, version }),
    version: file.version,
    refresh: KEYS,
    form,
    done: () => t("dispatch.saved"),
    onDone: () => setChanged(false),
  });
  const initial = Object.fromEntries(FIELDS.map((name) => [name, file[name]]));
  return (
    <Form
      form={form}
      layout="vertical"
      disabled={!mayWrite}
      requiredMark={false}
      initialValues={initial}
      onValuesChange={() => setChanged(true)}
      onFinish={save.submit}
    >
      {file.shift_error && <Alert type="warning" title={file.shift_error} />}
      <div className="form-three">
        <Form.Item name="name" label={t("dispatch.name")} rules={[{ required: true, message: t("form.needed") }]}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="level" label={t("dispatch.level")}>
          <InputNumber min={1} max={9} />
        </Form.Item>
        <Form.Item name="daily_limit" label={t("dispatch.dailyLimit")}>
          <InputNumber min={1} max={50} />
        </Form.Item>
      </div>
      <Form.Item name="skills" label={t("dispatch.skills")}>
        <Select mode="tags" />
      </Form.Item>
      <div className="form-three">
        <Form.Item name="base_city" label={t("dispatch.city")}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="lat" label={t("dispatch.lat")}>
          <InputNumber min={-90} max={90} step={0.01} />
        </Form.Item>
        <Form.Item name="lon" label={t("dispatch.lon")}>
          <InputNumber min={-180} max={180} step={0.01} />
        </Form.Item>
      </div>
      <Form.Item name="shift" label={t("dispatch.hours")} extra={t("dispatch.hoursHint")}>
        <Input maxLength={60} />
      </Form.Item>
      <div className="form-three">
        <Form.Item name="areas" label={t("dispatch.area")}>
          <Select mode="tags" />
        </Form.Item>
        <Form.Item name="languages" label={t("dispatch.languages")}>
          <Select mode="tags" />
        </Form.Item>
        <Form.Item name="tools" label={t("dispatch.tools")}>
          <Select mode="tags" />
        </Form.Item>
      </div>
      <div className="form-three">
        <Form.Item name="van" label={t("dispatch.van")}>
          <Input maxLength={80} />
        </Form.Item>
        <Form.Item name="phone" label={t("dispatch.phone")}>
          <Input maxLength={20} />
        </Form.Item>
        <Form.Item name="email" label={t("dispatch.email")}>
          <Input maxLength={254} />
        </Form.Item>
      </div>
      <Form.Item name="active" label={t("dispatch.getsWork")} valuePropName="checked">
        <Switch />
      </Form.Item>
      {mayWrite && (
        <Button type="primary" htmlType="submit" loading={save.busy} disabled={!changed}>
          {t("act.save")}
        </Button>
      )}
    </Form>
  );
}

interface Paper {
  skill: string;
  number: string;
  valid_until?: string;
}

function Papers({ file, mayWrite }: { file: EngineerFile; mayWrite: boolean }) {
  const { t, f } = useWords();
  const [adding, setAdding] = useState(false);
  const remove = useCommand<string, unknown>({
    run: (id) => removeCertificate(file.code, id),
    refresh: KEYS,
    done: () => t("dispatch.saved"),
  });
  return (
    <Section
      title={t("dispatch.certificates", { count: file.certificates.length })}
      extra={mayWrite && <Button size="small" onClick={() => setAdding(true)}>{t("act.add")}</Button>}
    >
      <ul className="plan-list">
        {file.certificates.map((one) => (
          <li key={one.id}>
            <strong>{one.skill}</strong>
            <span className="figures">{one.number}</span>
            <span className="tag" data-paper={one.state}>{t.label("paperState", one.state)}</span>
            <span className="quiet">{one.valid_until ? f.date(one.valid_until) : ""}</span>
            {mayWrite && (
              <Button
                type="text"
                size="small"
                icon={<DeleteOutlined />}
                aria-label={t("dispatch.removePaper", { skill: one.skill })}
                onClick={() => remove.submit(one.id)}
              />
            )}
          </li>
        ))}
      </ul>
      {adding && (
        <ActDialog<Paper, unknown>
          title={t("dispatch.addPaper")}
          submit={t("act.add")}
          refresh={KEYS}
          run={(values, { key }) => addCertificate(file.code, { ...values, valid_until: values.valid_until || null }, key)}
          done={() => t("dispatch.saved")}
          onClose={() => setAdding(false)}
        >
          <Form.Item name="skill" label={t("dispatch.skill")} rules={[{ required: true, message: t("form.needed") }]}>
            <Input autoFocus maxLength={100} />
          </Form.Item>
          <Form.Item name="number" label={t("dispatch.paperNumber")} rules={[{ required: true, message: t("form.needed") }]}>
            <Input maxLength={80} />
          </Form.Item>
          <Form.Item name="valid_until" label={t("dispatch.validUntil")}>
            <Input type="date" />
          </Form.Item>
        </ActDialog>
      )}
    </Section>
  );
}

const KINDS = ["leave", "sick", "training", "other"] as const;

function Absences({ file, mayWrite }: { file: EngineerFile; mayWrite: boolean }) {
  const { t, f } = useWords();
  const [adding, setAdding] = useState(false);
  const cancel = useCommand<Absence, unknown>({
    run: (one, { key }) => cancelAbsence(one, key),
    refresh: KEYS,
    done: () => t("dispatch.saved"),
  });
  return (
    <Section
      title={t("dispatch.absences", { count: file.absences.length })}
      extra={mayWrite && <Button size="small" onClick={() => setAdding(true)}>{t("act.add")}</Button>}
    >
      <ul className="plan-list">
        {file.absences.map((one) => (
          <li key={one.id}>
            <strong>{t.label("absenceKind", one.kind)}</strong>
            <span>{`${f.dateTime(one.from)} – ${f.dateTime(one.until)}`}</span>
            <span className="tag">{t.label("absenceState", one.state)}</span>
            {mayWrite && one.state !== "cancelled" && one.state !== "rejected" && (
              <Button size="small" onClick={() => cancel.submit(one)}>{t("act.cancel")}</Button>
            )}
          </li>
        ))}
      </ul>
      {adding && (
        <ActDialog<{ kind: string; from: string; until: string; note?: string }, unknown>
          title={t("dispatch.addAbsence")}
          hint={t("dispatch.addAbsenceHint")}
          submit={t("act.add")}
          initial={{ kind: "leave" }}
          refresh={KEYS}
          run={({ kind, from, until, note }, { key }) =>
            addAbsence(file.code, { kind, note: note ?? "", from: fromZone(from, ownZone()), until: fromZone(until, ownZone()) }, key)
          }
          done={() => t("dispatch.saved")}
          onClose={() => setAdding(false)}
        >
          <Form.Item name="kind" label={t("dispatch.absenceKind")}>
            <Select options={KINDS.map((one) => ({ value: one, label: t.label("absenceKind", one) }))} />
          </Form.Item>
          <Form.Item name="from" label={t("visit.from")} rules={[{ required: true, message: t("form.needed") }]}>
            <Input type="datetime-local" />
          </Form.Item>
          <Form.Item name="until" label={t("visit.until")} rules={[{ required: true, message: t("form.needed") }]}>
            <Input type="datetime-local" />
          </Form.Item>
          <Form.Item name="note" label={t("stock.note")}>
            <Input maxLength={1000} />
          </Form.Item>
        </ActDialog>
      )}
    </Section>
  );
}
