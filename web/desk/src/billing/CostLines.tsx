import { Button, Form, Input, Tooltip } from "antd";
import { useState } from "react";
import { useMay } from "../app/session";
import { voidCost } from "../api/billing";
import type { CostLine, TicketCosts } from "../api/billing";
import { reasonText } from "../contracts/ReasonList";
import { useWords } from "../i18n/LanguageProvider";
import { ActDialog } from "../ui/ActDialog";
import { MoneyText } from "../ui/MoneyText";
import { Sheet } from "./bits";
import { byKind } from "./terms";

/** One line a fact: quantity, cost, price, who bears it and why. */
export function CostLines({ costs, number }: { costs: TicketCosts; number: string }) {
  const { t } = useWords();
  const mayWrite = useMay("tickets:write");
  const [voiding, setVoiding] = useState<CostLine>();
  if (costs.lines.length === 0) return <p className="quiet">{t("costs.none")}</p>;
  return (
    <>
      <Sheet label={t("costs.title")}>
        <thead>
          <tr>
            <th>{t("costs.what")}</th>
            <th className="end">{t("costs.quantity")}</th>
            <th className="end">{t("costs.unitCost")}</th>
            <th className="end">{t("costs.cost")}</th>
            <th className="end">{t("costs.unitPrice")}</th>
            <th className="end">{t("costs.price")}</th>
            <th>{t("costs.borneBy")}</th>
          </tr>
        </thead>
        {byKind(costs.lines).map(([kind, lines]) => (
          <tbody key={kind}>
            <tr className="billing-sheet-group">
              <th colSpan={7}>{t.label("costKind", kind)}</th>
            </tr>
            {lines.map((line) => (
              <Line
                key={line.source}
                line={line}
                onVoid={mayWrite && line.id && !line.invoiced ? () => setVoiding(line) : undefined}
              />
            ))}
          </tbody>
        ))}
      </Sheet>
      {voiding?.id && (
        <ActDialog<{ reason: string }, unknown>
          title={t("costs.voidTitle", { text: voiding.text })}
          submit={t("costs.void")}
          danger
          run={({ reason }, { key }) => voidCost(number, voiding.id ?? "", reason, key)}
          refresh={[["costs", number]]}
          onClose={() => setVoiding(undefined)}
        >
          <Form.Item name="reason" label={t("visit.reason")} rules={[{ required: true, message: t("form.needed") }]}>
            <Input.TextArea autoFocus maxLength={1000} autoSize={{ minRows: 2 }} />
          </Form.Item>
        </ActDialog>
      )}
    </>
  );
}

function Line({ line, onVoid }: { line: CostLine; onVoid?: () => void }) {
  const { t, f } = useWords();
  const per = line.per > 1 ? t("costs.perHour") : "";
  const notes = [
    line.hours && line.hours !== "normal" && t.label("workHours", line.hours),
    line.code,
    line.supplier,
    line.document,
    line.engineer,
    f.date(line.on),
    line.late && t("costs.lateMark"),
    line.invoiced && t("costs.onInvoice", { number: line.invoiced }),
  ].filter(Boolean);
  return (
    <tr data-late={line.late || undefined}>
      <td>
        <span>{line.text || t.label("costItem", line.item)}</span>
        <small className="quiet">{notes.join(" · ")}</small>
        {line.problems.map((one) => (
          <small key={one} className="costs-problem">
            {t.label("costProblem", one)}
          </small>
        ))}
        {onVoid && (
          <Button size="small" type="link" danger onClick={onVoid}>
            {t("costs.void")}
          </Button>
        )}
      </td>
      <td className="end figures nowrap">
        {line.quantity} {t.label("unit", line.unit)}
        {line.billed !== line.quantity && (
          <small className="quiet">{t("costs.billed", { quantity: line.billed })}</small>
        )}
      </td>
      <td className="end">
        <MoneyText money={line.unit_cost} />
        {line.unit_cost && <small className="quiet">{per}</small>}
      </td>
      <td className="end">
        <MoneyText money={line.cost} />
      </td>
      <td className="end">
        <MoneyText money={line.unit_price} />
        {line.unit_price && (
          <small className="quiet">
            {[per, line.discount !== "0" && `−${line.discount} %`].filter(Boolean).join(" ")}
          </small>
        )}
      </td>
      <td className="end">
        <MoneyText money={line.price} />
      </td>
      <td>
        <Tooltip title={<Why line={line} />} trigger={["hover", "focus"]}>
          <button type="button" className="why">
            {line.borne.map((share) => (
              <span key={share.by} className="why-share" data-by={share.by}>
                {t.label("bearer", share.by)} {share.percent} %{" "}
                {share.contract && <small className="quiet figures">{share.contract}</small>}
              </span>
            ))}
          </button>
        </Tooltip>
      </td>
    </tr>
  );
}

/** The coded sentences that the decision explains itself with. */
function Why({ line }: { line: CostLine }) {
  const { t, f } = useWords();
  return (
    <ul className="why-list">
      {line.reasons.map((reason, index) => (
        <li key={index}>{reasonText(reason, t, f)}</li>
      ))}
    </ul>
  );
}
