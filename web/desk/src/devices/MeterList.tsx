import { PlusOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Checkbox, Form, Input, InputNumber, Select } from "antd";
import { useState } from "react";
import { useMay } from "../app/session";
import { addMeter, noteReading, readings } from "../api/devices";
import type { Meter } from "../api/devices";
import { useWords } from "../i18n/LanguageProvider";
import { ActDialog } from "../ui/ActDialog";
import { Section } from "../ui/Facts";
import { Sparkline } from "./Sparkline";
import { METER_KINDS } from "./terms";

interface Props {
  serial: string;
  meters: Meter[];
}

/** What a device counts: the last readings and their course. */
export function MeterList({ serial, meters }: Props) {
  const { t } = useWords();
  const mayWrite = useMay("assets:write");
  const [adding, setAdding] = useState(false);
  return (
    <Section
      title={t("device.meters", { count: meters.length })}
      extra={
        mayWrite && (
          <Button
            type="text"
            size="small"
            icon={<PlusOutlined />}
            aria-label={t("meter.add")}
            title={t("meter.add")}
            onClick={() => setAdding(true)}
          />
        )
      }
    >
      <ul className="meters">
        {meters.map((one) => (
          <MeterLine key={one.id} serial={serial} meter={one} mayWrite={mayWrite} />
        ))}
      </ul>
      {meters.length === 0 && <p className="quiet">{t("state.none")}</p>}
      {adding && <NewMeter serial={serial} onClose={() => setAdding(false)} />}
    </Section>
  );
}

function MeterLine({ serial, meter, mayWrite }: { serial: string; meter: Meter; mayWrite: boolean }) {
  const { t, f } = useWords();
  const [reading, setReading] = useState(false);
  const past = useQuery({
    queryKey: ["assets", serial, "readings", meter.id],
    queryFn: ({ signal }) => readings(serial, meter.id, signal),
    enabled: meter.last_value !== null,
  });
  const points = [...(past.data?.items ?? [])].reverse().map((one) => ({ at: one.read_at, value: one.total }));
  return (
    <li>
      <div className="meter-text">
        <span>{meter.name}</span>
        <strong className="figures">
          {meter.last_value === null ? t("meter.never") : `${f.number(meter.last_value, 3)} ${meter.unit}`}
        </strong>
        {meter.last_read_at && <small className="quiet">{f.date(meter.last_read_at)}</small>}
      </div>
      <Sparkline points={points} label={t("meter.course", { name: meter.name })} />
      {mayWrite && (
        <Button size="small" onClick={() => setReading(true)}>
          {t("meter.note")}
        </Button>
      )}
      {reading && <NewReading serial={serial} meter={meter} onClose={() => setReading(false)} />}
    </li>
  );
}

interface ReadingValues {
  value: number;
  kind: string;
  note?: string;
}

function NewReading({ serial, meter, onClose }: { serial: string; meter: Meter; onClose: () => void }) {
  const { t, f } = useWords();
  const kinds = meter.kind === "counter" ? ["reading", "rollover", "replaced"] : ["reading"];
  return (
    <ActDialog<ReadingValues, unknown>
      title={t("meter.noteOf", { name: meter.name })}
      hint={
        meter.last_value !== null &&
        t("meter.last", { value: `${f.number(meter.last_value, 3)} ${meter.unit}`, date: f.date(meter.last_read_at) })
      }
      submit={t("act.save")}
      initial={{ kind: "reading" }}
      refresh={[["assets", serial]]}
      run={({ value, kind, note }, { key }) =>
        noteReading(serial, { meter: meter.id, value, kind, note: note?.trim() ?? "" }, key)
      }
      done={() => t("meter.noted")}
      onClose={onClose}
    >
      <Form.Item name="value" label={t("meter.value")} rules={[{ required: true, message: t("form.needed") }]}>
        <InputNumber autoFocus suffix={meter.unit} precision={3} />
      </Form.Item>
      {kinds.length > 1 && (
        <Form.Item name="kind" label={t("meter.readingKind")}>
          <Select options={kinds.map((one) => ({ value: one, label: t.label("readingKind", one) }))} />
        </Form.Item>
      )}
      <Form.Item name="note" label={t("stock.note")}>
        <Input maxLength={500} />
      </Form.Item>
    </ActDialog>
  );
}

interface MeterValues {
  name: string;
  unit?: string;
  kind: string;
  feeds_usage?: boolean;
}

function NewMeter({ serial, onClose }: { serial: string; onClose: () => void }) {
  const { t } = useWords();
  return (
    <ActDialog<MeterValues, unknown>
      title={t("meter.add")}
      submit={t("act.save")}
      initial={{ kind: "counter" }}
      refresh={[["assets", serial]]}
      run={({ name, unit, kind, feeds_usage }, { key }) =>
        addMeter(
          serial,
          { name: name.trim(), unit: unit?.trim() ?? "", kind, feeds_usage: feeds_usage ?? false },
          key,
        )
      }
      onClose={onClose}
    >
      <Form.Item
        name="name"
        label={t("meter.name")}
        rules={[{ required: true, whitespace: true, message: t("form.needed") }]}
      >
        <Input autoFocus maxLength={80} />
      </Form.Item>
      <div className="form-two">
        <Form.Item name="unit" label={t("meter.unit")}>
          <Input maxLength={20} />
        </Form.Item>
        <Form.Item name="kind" label={t("meter.kind")}>
          <Select options={METER_KINDS.map((one) => ({ value: one, label: t.label("meterKind", one) }))} />
        </Form.Item>
      </div>
      <Form.Item name="feeds_usage" valuePropName="checked">
        <Checkbox>{t("meter.usage")}</Checkbox>
      </Form.Item>
    </ActDialog>
  );
}
