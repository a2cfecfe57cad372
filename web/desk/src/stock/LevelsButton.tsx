import { SlidersOutlined } from "@ant-design/icons";
import { Button, Form, Input, InputNumber } from "antd";
import { useState } from "react";
import { setLevels } from "../api/stock";
import type { Balance } from "../api/stockTypes";
import { useWords } from "../i18n/LanguageProvider";
import { ActDialog } from "../ui/ActDialog";

interface Values {
  minimum?: number | null;
  maximum?: number | null;
  bin?: string;
}

/** Between which quantities a part is kept at a place, and in which bin. */
export function LevelsButton({ balance }: { balance: Balance }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const name = t("levels.title", { part: balance.part, code: balance.location });
  return (
    <>
      <Button type="text" size="small" icon={<SlidersOutlined />} aria-label={name} title={name} onClick={() => setOpen(true)} />
      {open && (
        <ActDialog<Values, unknown>
          title={name}
          submit={t("act.save")}
          initial={{ minimum: balance.minimum, maximum: balance.maximum, bin: balance.bin }}
          refresh={[["stock"]]}
          run={({ minimum, maximum, bin }) =>
            setLevels(balance.location, balance.part, {
              minimum: minimum ?? null,
              maximum: maximum ?? null,
              bin: bin?.trim() ?? "",
            })
          }
          done={() => t("levels.saved")}
          onClose={() => setOpen(false)}
        >
          <div className="form-three">
            <Form.Item name="minimum" label={t("levels.minimum")}>
              <InputNumber min={0} max={1_000_000} precision={0} autoFocus />
            </Form.Item>
            <Form.Item
              name="maximum"
              label={t("levels.maximum")}
              dependencies={["minimum"]}
              rules={[
                ({ getFieldValue }) => ({
                  validator: async (_, maximum?: number | null) => {
                    const minimum = getFieldValue("minimum") as number | null | undefined;
                    if (maximum != null && minimum != null && maximum < minimum) {
                      throw new Error(t("levels.order"));
                    }
                  },
                }),
              ]}
            >
              <InputNumber min={0} max={1_000_000} precision={0} />
            </Form.Item>
            <Form.Item name="bin" label={t("stock.bin")}>
              <Input maxLength={40} />
            </Form.Item>
          </div>
        </ActDialog>
      )}
    </>
  );
}
