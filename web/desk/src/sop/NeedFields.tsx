import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Input, InputNumber, Select } from "antd";
import { useWords } from "../i18n/LanguageProvider";
import type { PartNeed } from "./api";

interface Props {
  parts: PartNeed[];
  tools: string[];
  onParts: (parts: PartNeed[]) => void;
  onTools: (tools: string[]) => void;
}

/** Parts with their number of pieces, and tools. */
export function NeedFields({ parts, tools, onParts, onTools }: Props) {
  const { t } = useWords();
  const change = (index: number, part: Partial<PartNeed>) =>
    onParts(parts.map((one, place) => (place === index ? { ...one, ...part } : one)));
  return (
    <div className="form-two">
      <div className="field">
        <span className="field-label">{t("sop.parts")}</span>
        {parts.map((one, index) => (
          <div key={index} className="need">
            <Input
              value={one.part}
              maxLength={60}
              aria-label={t("visit.part")}
              onChange={(event) => change(index, { part: event.target.value.trim() })}
            />
            <InputNumber
              min={1}
              max={10_000}
              precision={0}
              value={one.quantity}
              aria-label={t("visit.quantity")}
              onChange={(quantity) => change(index, { quantity: quantity ?? 1 })}
            />
            <Button
              type="text"
              icon={<DeleteOutlined />}
              aria-label={t("act.remove", { name: one.part })}
              onClick={() => onParts(parts.filter((_, place) => place !== index))}
            />
          </div>
        ))}
        <Button size="small" icon={<PlusOutlined />} onClick={() => onParts([...parts, { part: "", quantity: 1 }])}>
          {t("sop.addPart")}
        </Button>
      </div>
      <label className="field">
        <span className="field-label">{t("sop.tools")}</span>
        <Select
          mode="tags"
          open={false}
          suffixIcon={null}
          value={tools}
          tokenSeparators={[";", "；"]}
          onChange={onTools}
        />
      </label>
    </div>
  );
}
