import { Form, Input, Select } from "antd";
import { describePart } from "../api/stock";
import type { StockPart } from "../api/stockTypes";
import { useWords } from "../i18n/LanguageProvider";
import { ActDialog } from "../ui/ActDialog";
import { TRACKING } from "./terms";

interface Values {
  gtin?: string;
  unit: string;
  tracking: string;
}

/** How a part is labelled, counted and tracked. */
export function PartDialog({ part, onClose }: { part: StockPart; onClose: () => void }) {
  const { t } = useWords();
  return (
    <ActDialog<Values, StockPart>
      title={t("part.change", { part: part.part })}
      hint={t("part.changeHint")}
      submit={t("act.save")}
      version={part.version}
      initial={part}
      refresh={[["stock"], ["stock-parts"]]}
      run={({ gtin, unit, tracking }, { version }) =>
        describePart(part.part, { gtin: gtin?.trim() ?? "", unit: unit.trim(), tracking, version })
      }
      done={() => t("part.saved", { part: part.part })}
      onClose={onClose}
    >
      <Form.Item
        name="gtin"
        label={t("part.gtin")}
        rules={[{ pattern: /^(\d{8}|\d{12,14})$/, message: t("part.gtinRule") }]}
      >
        <Input inputMode="numeric" maxLength={14} autoFocus />
      </Form.Item>
      <Form.Item
        name="unit"
        label={t("part.unit")}
        rules={[{ required: true, whitespace: true, message: t("form.needed") }]}
      >
        <Input maxLength={20} />
      </Form.Item>
      <Form.Item name="tracking" label={t("part.tracking")} extra={t("part.trackingHint")}>
        <Select options={TRACKING.map((one) => ({ value: one, label: t.label("tracking", one) }))} />
      </Form.Item>
    </ActDialog>
  );
}
