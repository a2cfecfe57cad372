import { Form, Input } from "antd";
import { useQuery } from "@tanstack/react-query";
import { get } from "../../api/client";
import type { VisitFile } from "../../api/visits";
import type { Page } from "../../api/types";
import { useWords } from "../../i18n/LanguageProvider";
import { Lookup } from "../../ui/Lookup";
import type { Choice } from "../../ui/listShape";
import { LABOUR_KINDS } from "../terms";
import { ActDialog } from "./ActDialog";
import type { ActProps } from "./ActDialog";
import { withinLimits } from "./bodies";
import { ChoiceField, NumberField, TextField, WhenField } from "./fields";

export function LabourAct(props: ActProps) {
  const { t } = useWords();
  return (
    <ActDialog {...props} act="labour" first={{ kind: "work" }}>
      <div className="form-two">
        <ChoiceField name="kind" label={t("visit.labourKind")} required group="labourKind" codes={LABOUR_KINDS} />
        <NumberField name="minutes" label={t("visit.minutes")} required min={1} max={1440} />
      </div>
      <TextField name="note" label={t("visit.labourNote")} rows={2} max={2000} />
      <WhenField />
    </ActDialog>
  );
}

export function ReadingAct(props: ActProps) {
  const { t } = useWords();
  return (
    <ActDialog {...props} act="readings">
      <TextField name="name" label={t("visit.readingName")} required max={120} />
      <div className="form-two">
        <NumberField name="value" label={t("visit.readingValue")} required exact />
        <TextField name="unit" label={t("visit.readingUnit")} max={20} />
        <NumberField name="low" label={t("visit.readingLow")} exact />
        <NumberField name="high" label={t("visit.readingHigh")} exact />
      </div>
      <ReadingVerdict />
      <WhenField />
    </ActDialog>
  );
}

/** Whether what is being typed passes, before it is sent. */
function ReadingVerdict() {
  const { t } = useWords();
  const form = Form.useFormInstance();
  const values = (Form.useWatch([], form) ?? {}) as Record<string, unknown>;
  const number = (name: string) =>
    values[name] === undefined || values[name] === null || values[name] === "" ? null : Number(values[name]);
  const value = number("value");
  const ok = value === null ? null : withinLimits(value, number("low"), number("high"));
  if (ok === null) return null;
  return (
    <p className={ok ? "reading-ok" : "reading-bad"} role="status">
      {t(ok ? "visit.readingOk" : "visit.readingBad")}
    </p>
  );
}

export function ReportAct(props: ActProps & { file: VisitFile }) {
  const { t } = useWords();
  return (
    <ActDialog {...props} act="report" based first={{ report: props.file.report }}>
      <TextField name="report" label={t("visit.report")} required rows={8} max={20_000} />
    </ActDialog>
  );
}

interface StockPart {
  part: string;
  names: Record<string, string>;
}

/** Parts by number or name, from the parts list of the stock. */
const useFindParts = () => {
  const { language } = useWords();
  return async (q: string, signal: AbortSignal): Promise<Choice[]> =>
    (await get<Page<StockPart>>("/v1/stock/parts", { q, limit: 12 }, signal)).items.map((one) => ({
      value: one.part,
      label: [one.part, one.names[language] ?? Object.values(one.names)[0]].filter(Boolean).join(" · "),
    }));
};

export function PartAct(props: ActProps) {
  const { t } = useWords();
  const findParts = useFindParts();
  const places = useQuery({
    queryKey: ["stock", "locations", "short"],
    queryFn: () => get<{ code: string; name: string }[]>("/v1/stock/locations"),
    staleTime: 300_000,
  });
  const findPlaces = (q: string): Promise<Choice[]> => {
    const wanted = q.toLowerCase();
    const all = (places.data ?? []).map((one) => ({ value: one.code, label: `${one.code} · ${one.name}` }));
    return Promise.resolve(all.filter((one) => one.label.toLowerCase().includes(wanted)));
  };
  return (
    <ActDialog {...props} act="parts" first={{ quantity: 1 }}>
      <Form.Item name="part" label={t("visit.part")} rules={[{ required: true, message: t("form.needed") }]}>
        <Lookup kind="parts" find={findParts} autoFocus />
      </Form.Item>
      <div className="form-two">
        <NumberField name="quantity" label={t("visit.quantity")} required min={1} max={10_000} />
        <Form.Item name="from" label={t("visit.fromPlace")} extra={t("visit.fromHint")}>
          <Lookup kind={`places-${places.dataUpdatedAt}`} find={findPlaces} />
        </Form.Item>
        <Form.Item name="serial_out" label={t("visit.serialOut")}>
          <Input maxLength={80} />
        </Form.Item>
        <Form.Item name="serial_in" label={t("visit.serialIn")}>
          <Input maxLength={80} />
        </Form.Item>
        <Form.Item name="lot" label={t("visit.lot")}>
          <Input maxLength={80} />
        </Form.Item>
        <Form.Item name="position" label={t("visit.position")}>
          <Input maxLength={120} />
        </Form.Item>
      </div>
      <TextField name="reason" label={t("visit.replacedWhy")} max={1000} />
      <WhenField />
    </ActDialog>
  );
}
