import { Form, Input, Select } from "antd";
import { useNavigate } from "react-router";
import { SLOTS, changeFault, createFault } from "../api/faults";
import type { FaultBody, FaultFile, SlotName } from "../api/faults";
import { useWords } from "../i18n/LanguageProvider";
import { ActDialog } from "../ui/ActDialog";
import { listed, pathOf, saidAs } from "./terms";

type Values = Record<SlotName, string> & {
  models: string[];
  codes: string;
  firmware: string;
  note: string;
};

/** What is shown of a slot while it is edited: its own words, else the name of its concept. */
const shownAs = (fault: FaultFile, slot: SlotName): string => fault[slot].text || fault[slot].label;

/** What is sent: a slot whose words were not touched is told as it stood. */
export function bodyOf(values: Values, lang: string, fault?: FaultFile) {
  const slots = Object.fromEntries(
    SLOTS.map((slot) => {
      const text = values[slot]?.trim() ?? "";
      const same = fault && text === shownAs(fault, slot);
      return [slot, same ? saidAs(fault[slot]) : { concept: "", text, lang }];
    }),
  );
  return {
    ...slots,
    models: values.models ?? [],
    error_codes: listed(values.codes),
    firmware: values.firmware?.trim() ?? "",
    note: values.note?.trim() ?? "",
  };
}

/** Write a fault, or correct one; words are matched to the termbase when they are saved. */
export function FaultEditor({ fault, close }: { fault?: FaultFile; close: () => void }) {
  const { t, language } = useWords();
  const navigate = useNavigate();
  const rows = { minRows: 1, maxRows: 4 };
  return (
    <ActDialog<Values, FaultFile>
      title={fault ? t("fault.editTitle", { number: fault.number }) : t("faults.new")}
      hint={t("fault.editHint")}
      submit={t("act.save")}
      width={640}
      version={fault?.version}
      initial={
        fault && {
          ...(Object.fromEntries(SLOTS.map((slot) => [slot, shownAs(fault, slot)])) as Record<SlotName, string>),
          models: fault.models,
          codes: fault.error_codes.join(", "),
          firmware: fault.firmware,
          note: fault.note,
        }
      }
      run={(values, how) => {
        const body = bodyOf(values, language, fault);
        return fault ? changeFault(fault.number, body, how) : createFault(body as FaultBody, how);
      }}
      refresh={[["faults"]]}
      done={(after) => t("fault.saved", { number: after.number })}
      onDone={(after) => {
        if (!fault) void navigate(pathOf(after.number));
      }}
      onClose={close}
    >
      {SLOTS.map((slot) => (
        <Form.Item key={slot} name={slot} label={t.label("fault", slot)} extra={t.label("faultHint", slot)}>
          <Input.TextArea autoSize={rows} maxLength={500} />
        </Form.Item>
      ))}
      <div className="form-two">
        <Form.Item name="models" label={t("fault.models")} extra={t("fault.modelsHint")}>
          <Select mode="tags" tokenSeparators={[",", ";", "，"]} open={false} suffixIcon={null} />
        </Form.Item>
        <Form.Item name="codes" label={t("fault.codes")}>
          <Input placeholder={t("fault.codesExample")} />
        </Form.Item>
        <Form.Item name="firmware" label={t("fault.firmware")}>
          <Input placeholder={t("fault.firmwareExample")} maxLength={100} />
        </Form.Item>
      </div>
      <Form.Item name="note" label={t("fault.note")}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={5000} />
      </Form.Item>
    </ActDialog>
  );
}
