import { Checkbox, Form, Input } from "antd";
import { useNavigate } from "react-router";
import { startCount } from "../../api/stockDocuments";
import type { Count } from "../../api/stockTypes";
import { useWords } from "../../i18n/LanguageProvider";
import { ActDialog } from "../../ui/ActDialog";
import { LocationPicker } from "../pickers";
import { countPath } from "../terms";
import { STOCK_KEYS } from "./keys";
import type { ActProps } from "./start";

interface Values {
  location: string;
  blind?: boolean;
  note?: string;
}

/** A stock-taking begins; its page opens for the counting. */
export function CountDialog({ start, onClose }: ActProps) {
  const { t } = useWords();
  const navigate = useNavigate();
  return (
    <ActDialog<Values, Count>
      title={t("stock.count")}
      hint={t("count.startHint")}
      submit={t("count.start")}
      initial={{ location: start.location, blind: true }}
      refresh={STOCK_KEYS}
      run={({ location, blind, note }, { key }) =>
        startCount(
          {
            location,
            parts: start.part ? [start.part] : null,
            blind: blind ?? false,
            note: note?.trim() ?? "",
          },
          key,
        )
      }
      onDone={(count) => void navigate(countPath(count.number))}
      onClose={onClose}
    >
      <Form.Item
        name="location"
        label={t("stock.location")}
        rules={[{ required: true, message: t("form.needed") }]}
      >
        <LocationPicker autoFocus={!start.location} label={t("stock.location")} />
      </Form.Item>
      {start.part && <p className="quiet">{t("count.onlyPart", { part: start.part })}</p>}
      <Form.Item name="note" label={t("stock.note")}>
        <Input maxLength={500} />
      </Form.Item>
      <Form.Item name="blind" valuePropName="checked" extra={t("count.blindHint")}>
        <Checkbox>{t("count.blind")}</Checkbox>
      </Form.Item>
    </ActDialog>
  );
}
