import { Button, Input, InputNumber, Select } from "antd";
import { useState } from "react";
import type { CountedLine } from "../api/stockDocuments";
import { useWords } from "../i18n/LanguageProvider";
import { PartPicker } from "./pickers";
import { CONDITIONS } from "./terms";

const EMPTY: CountedLine = { part: "", quantity: 1, lot: "", condition: "good", serials: [] };

/** A line that the books do not have: something lies there that was not expected. */
export function AddCountLine({ onAdd }: { onAdd: (line: CountedLine) => void }) {
  const { t } = useWords();
  const [line, setLine] = useState(EMPTY);
  return (
    <form
      className="count-add"
      aria-label={t("count.add")}
      onSubmit={(event) => {
        event.preventDefault();
        if (!line.part) return;
        onAdd({ ...line, lot: line.lot.trim() });
        setLine(EMPTY);
      }}
    >
      <span className="count-add-part">
        <PartPicker
          label={t("count.other")}
          value={line.part || null}
          onChange={(part) => setLine({ ...line, part: part ?? "" })}
        />
      </span>
      <Input
        className="count-add-lot"
        maxLength={40}
        value={line.lot}
        aria-label={t("stock.lot")}
        placeholder={t("stock.lot")}
        onChange={(event) => setLine({ ...line, lot: event.target.value })}
      />
      <Select
        value={line.condition}
        aria-label={t("stock.condition")}
        options={CONDITIONS.map((one) => ({ value: one as string, label: t.label("condition", one) }))}
        onChange={(condition) => setLine({ ...line, condition })}
      />
      <InputNumber
        min={0}
        max={1_000_000}
        precision={0}
        value={line.quantity}
        aria-label={t("stock.quantity")}
        onChange={(quantity) => setLine({ ...line, quantity: quantity ?? 0 })}
      />
      <Button htmlType="submit" disabled={!line.part}>
        {t("act.add")}
      </Button>
    </form>
  );
}
