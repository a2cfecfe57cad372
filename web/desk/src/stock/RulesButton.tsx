import { SettingOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Checkbox, Form, Input, InputNumber } from "antd";
import { useState } from "react";
import { useMay } from "../app/session";
import { setStockRules, stockRules } from "../api/stock";
import type { StockRules } from "../api/stockTypes";
import { useWords } from "../i18n/LanguageProvider";
import { ActDialog } from "../ui/ActDialog";

interface Values {
  own_approval?: boolean;
  amount?: string;
  currency?: string;
  reservation_hours: number;
}

/** The company's rules of approval, for those who may set them. */
export function RulesButton() {
  const { t } = useWords();
  const mayWrite = useMay("stock:write");
  const [open, setOpen] = useState(false);
  const rules = useQuery({ queryKey: ["stock", "rules"], queryFn: stockRules, enabled: open });
  if (!mayWrite) return null;
  return (
    <>
      <Button icon={<SettingOutlined />} loading={open && rules.isPending} onClick={() => setOpen(true)}>
        {t("rules.title")}
      </Button>
      {open && rules.data && <RulesDialog rules={rules.data} onClose={() => setOpen(false)} />}
    </>
  );
}

function RulesDialog({ rules, onClose }: { rules: StockRules; onClose: () => void }) {
  const { t } = useWords();
  const above = rules.second_approval_above;
  return (
    <ActDialog<Values, StockRules>
      title={t("rules.title")}
      submit={t("act.save")}
      initial={{
        own_approval: rules.own_approval,
        amount: above?.amount,
        currency: above?.currency,
        reservation_hours: rules.reservation_hours,
      }}
      refresh={[["stock", "rules"]]}
      run={({ own_approval, amount, currency, reservation_hours }) =>
        setStockRules({
          own_approval: own_approval ?? false,
          second_approval_above:
            amount && currency ? { amount, currency: currency.toUpperCase() } : null,
          reservation_hours,
        })
      }
      done={() => t("rules.saved")}
      onClose={onClose}
    >
      <Form.Item name="own_approval" valuePropName="checked">
        <Checkbox>{t("rules.own")}</Checkbox>
      </Form.Item>
      <div className="form-two">
        <Form.Item
          name="amount"
          label={t("rules.second")}
          extra={t("rules.secondHint")}
          rules={[{ pattern: /^\d{1,10}(\.\d{1,4})?$/, message: t("form.amount") }]}
        >
          <Input inputMode="decimal" />
        </Form.Item>
        <Form.Item
          name="currency"
          label={t("stock.currency")}
          rules={[{ pattern: /^[A-Za-z]{3}$/, message: t("form.currency") }]}
        >
          <Input maxLength={3} />
        </Form.Item>
      </div>
      <Form.Item name="reservation_hours" label={t("rules.hours")} rules={[{ required: true, message: t("form.needed") }]}>
        <InputNumber min={1} max={8760} precision={0} />
      </Form.Item>
    </ActDialog>
  );
}
