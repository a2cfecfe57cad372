import { Alert, Button, Drawer, Space } from "antd";
import { useState } from "react";
import { Link, useNavigate } from "react-router";
import { useMay } from "../app/session";
import { draftInvoice, ruleOnBearing, settleCosts } from "../api/billing";
import type { TicketCosts } from "../api/billing";
import { useWords } from "../i18n/LanguageProvider";
import { MoneyText } from "../ui/MoneyText";
import { useCommand } from "../ui/useCommand";
import { CostActs } from "./CostActs";
import type { CostAct } from "./CostActs";
import { CostLines } from "./CostLines";
import { NewQuote } from "./NewQuote";
import { BearerBar } from "./bits";
import { invoicePath, money, quotePath } from "./terms";

interface Props {
  costs: TicketCosts;
  number: string;
  customerId: string | null;
  onClose: () => void;
}

/** Every line of a ticket's costs with its bearer and reasons, and what can be done about them. */
export function CostsDrawer({ costs, number, customerId, onClose }: Props) {
  const { t, f } = useWords();
  const navigate = useNavigate();
  const mayWrite = useMay("tickets:write");
  const mayBill = useMay("billing:write");
  const [act, setAct] = useState<CostAct>();
  const [quoting, setQuoting] = useState(false);
  const refresh = [["costs", number]];
  const settle = useCommand<void, unknown>({
    run: (_, { key }) => settleCosts(number, { recompute: false, reason: "" }, key),
    refresh,
    done: () => t("costs.settled"),
  });
  const rule = useCommand<{ id: string; approve: boolean }, unknown>({
    run: ({ id, approve }, { key }) => ruleOnBearing(number, id, approve, key),
    refresh,
  });
  const bill = useCommand({
    run: (_: void, { key }) => draftInvoice({ tickets: [number] }, key),
    refresh: [...refresh, ["invoices"]],
    onDone: (made) => void navigate(invoicePath(made.id)),
  });
  const { house } = costs;
  const closed = costs.state === "kept";
  return (
    <Drawer
      open
      size={980}
      title={`${number} · ${t("costs.title")}`}
      onClose={onClose}
      extra={
        <Space wrap>
          {mayWrite && <Button onClick={() => setAct("entry")}>{t("costs.addEntry")}</Button>}
          {mayWrite && <Button onClick={() => setAct("bearing")}>{t("costs.askBearing")}</Button>}
          {mayWrite && customerId && !closed && (
            <Button onClick={() => setQuoting(true)}>{t("quote.new")}</Button>
          )}
          {mayBill && closed && (
            <Button type="primary" loading={bill.busy} onClick={() => bill.submit()}>
              {t("invoice.draftFrom")}
            </Button>
          )}
        </Space>
      }
    >
      {costs.late_lines > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t("costs.late", { count: costs.late_lines })}
          description={t("costs.lateHint")}
          action={
            mayWrite && (
              <Button size="small" loading={settle.busy} onClick={() => settle.submit()}>
                {t("costs.settle")}
              </Button>
            )
          }
        />
      )}
      {costs.problems.length > 0 && (
        <Alert
          type="info"
          showIcon
          title={t("costs.problems")}
          description={costs.problems.map((one) => t.label("costProblem", one)).join(" · ")}
        />
      )}
      <p className="quiet">
        {t.label("costsState", costs.state)} · {f.dateTime(costs.computed_at)}
        {costs.price_list && ` · ${t("costs.byList", { list: costs.price_list })}`}
        {costs.minimum && (
          <>
            {" · "}
            {t("costs.minimum")} <MoneyText money={costs.minimum} />
          </>
        )}
      </p>
      <CostLines costs={costs} number={number} />
      <div className="costs-totals">
        {costs.totals.map((sums) => (
          <section key={sums.currency}>
            <h3>{sums.currency}</h3>
            <p>
              {t("costs.cost")} <MoneyText money={money(sums.cost, sums.currency)} /> · {t("costs.price")}{" "}
              <MoneyText money={money(sums.price, sums.currency)} />
            </p>
            <BearerBar sums={sums} />
          </section>
        ))}
        <section>
          <h3>{t("costs.inHouse", { currency: house.currency })}</h3>
          <p>
            {t("costs.cost")} <MoneyText money={money(house.cost, house.currency)} /> · {t("costs.customerPays")}{" "}
            <MoneyText money={money(house.customer, house.currency)} />
          </p>
          <p>
            {t("costs.margin")}{" "}
            {house.margin === null ? (
              <span className="quiet">{t("costs.marginUnknown")}</span>
            ) : (
              <strong data-negative={house.margin.startsWith("-") || undefined} className="costs-margin">
                <MoneyText money={money(house.margin, house.currency)} />
              </strong>
            )}
          </p>
          {house.missing.length > 0 && (
            <p className="quiet">{t("costs.noRate", { currencies: house.missing.join(", ") })}</p>
          )}
        </section>
      </div>
      {costs.decisions.length > 0 && (
        <>
          <h3>{t("costs.decisions")}</h3>
          <ul className="costs-decisions">
            {costs.decisions.map((one) => (
              <li key={one.id}>
                <span className="tag" data-billing-state={one.state}>
                  {t.label("bearingState", one.state)}
                </span>
                <span>
                  <strong>
                    {t.label("bearer", one.by)} {one.by === "goodwill" && `${f.number(one.share)} %`}
                  </strong>{" "}
                  {one.reason}
                  <small className="quiet">
                    {" "}
                    {[one.asked_by, one.decided_by, one.note].filter(Boolean).join(" · ")}
                  </small>
                </span>
                {mayBill && one.state === "asked" && (
                  <Space>
                    <Button size="small" onClick={() => rule.submit({ id: one.id, approve: false })}>
                      {t("costs.reject")}
                    </Button>
                    <Button
                      size="small"
                      type="primary"
                      onClick={() => rule.submit({ id: one.id, approve: true })}
                    >
                      {t("costs.approve")}
                    </Button>
                  </Space>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      {(costs.quotes.length > 0 || costs.invoices.length > 0) && (
        <p>
          {costs.quotes.map((one) => (
            <Link key={one} to={quotePath(one)} className="figures costs-paper">
              {one}
            </Link>
          ))}
          {costs.invoices.map((one) =>
            one === "draft" ? (
              <Link key={one} to={`/billing/invoices?state=draft&q=${number}`} className="costs-paper">
                {t("invoiceState.draft")}
              </Link>
            ) : (
              <Link key={one} to={invoicePath(one)} className="figures costs-paper">
                {one}
              </Link>
            ),
          )}
        </p>
      )}
      {act && <CostActs act={act} number={number} onClose={() => setAct(undefined)} />}
      {quoting && customerId && (
        <NewQuote ticket={number} customerId={customerId} onClose={() => setQuoting(false)} />
      )}
    </Drawer>
  );
}
