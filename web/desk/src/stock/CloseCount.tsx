import { Alert, Button, Checkbox, Form, Input, Radio } from "antd";
import { useState } from "react";
import { closeCount } from "../api/stockDocuments";
import type { Count } from "../api/stockTypes";
import { useWords } from "../i18n/LanguageProvider";
import { ActDialog } from "../ui/ActDialog";
import { STOCK_KEYS } from "./acts/keys";

interface Props {
  count: Count;
  /** How many counted lines have not been saved. */
  unsaved: number;
  /** How many lines nobody has counted. */
  left: number;
}

interface Values {
  how: "post" | "cancel";
  uncounted_is_zero?: boolean;
  reason?: string;
}

/** Ends a count: the differences are posted, or it is given up. */
export function CloseCount({ count, unsaved, left }: Props) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const differing = count.lines.filter((one) => !!one.difference);
  return (
    <>
      <Button disabled={unsaved > 0} title={unsaved > 0 ? t("count.saveFirst") : undefined} onClick={() => setOpen(true)}>
        {t("count.close")}
      </Button>
      {open && (
        <ActDialog<Values, Count>
          danger
          title={t("count.closeTitle", { number: count.number, code: count.location })}
          submit={t("count.close")}
          version={count.version}
          initial={{ how: "post" }}
          refresh={[...STOCK_KEYS, ["stock-counts"]]}
          run={({ how, uncounted_is_zero, reason }, { key, version }) =>
            closeCount(
              count.id,
              {
                version,
                cancel: how === "cancel",
                uncounted_is_zero: how === "post" && (uncounted_is_zero ?? false),
                reason: reason?.trim() ?? "",
              },
              key,
            )
          }
          done={(closed) => t("request.now", { number: closed.number, state: t.label("countState", closed.state) })}
          onClose={() => setOpen(false)}
        >
          {count.blind ? (
            <p className="quiet">{t("count.blindClose")}</p>
          ) : (
            <p>{t("count.differing", { count: differing.length })}</p>
          )}
          {left > 0 && <Alert type="warning" showIcon title={t("count.left", { count: left })} />}
          <Form.Item name="how" className="act-reason">
            <Radio.Group
              options={[
                { value: "post", label: t("count.post") },
                { value: "cancel", label: t("count.giveUp") },
              ]}
            />
          </Form.Item>
          {left > 0 && (
            <Form.Item name="uncounted_is_zero" valuePropName="checked">
              <Checkbox>{t("count.zero")}</Checkbox>
            </Form.Item>
          )}
          <Form.Item name="reason" label={t("stock.reason")}>
            <Input maxLength={500} />
          </Form.Item>
        </ActDialog>
      )}
    </>
  );
}
