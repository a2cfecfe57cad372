import { PlusOutlined } from "@ant-design/icons";
import { Button, Form, Input, InputNumber, Select } from "antd";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useMay } from "../app/session";
import { billingRules, changeRate, createRate, exchangeRates, rates, setExchangeRate } from "../api/billing";
import type { NewRate, Rate } from "../api/billing";
import { useWords } from "../i18n/LanguageProvider";
import { ActDialog } from "../ui/ActDialog";
import { EmptyState } from "../ui/EmptyState";
import { ErrorState } from "../ui/ErrorState";
import { PageHead } from "../ui/PageHead";
import { MoneyText } from "../ui/MoneyText";
import { PageSkeleton } from "../ui/Skeletons";
import { RulesForm } from "./RulesForm";
import { BillingTabs, Sheet } from "./bits";
import { CURRENCIES, HOURS, isTimed, todayText } from "./terms";
import { Validity } from "./Validity";

const KINDS = ["labour", "travel_time", "travel_km", "call_out"] as const;

interface RateValues {
  kind: (typeof KINDS)[number];
  level?: number | null;
  hours?: string;
  country?: string;
  amount: string;
  currency: string;
  valid_from: string;
  note?: string;
}

/** What an hour, a kilometre or a call-out costs us and since when; exchange rates; the rules. */
export default function RatesPage() {
  const { t, f } = useWords();
  const mayBill = useMay("billing:write");
  const [open, setOpen] = useState<"rate" | "exchange">();
  const [ending, setEnding] = useState<Rate>();
  const found = useQuery({ queryKey: ["billing", "rates"], queryFn: ({ signal }) => rates(signal) });
  const exchange = useQuery({ queryKey: ["billing", "exchange"], queryFn: ({ signal }) => exchangeRates(signal) });
  const rules = useQuery({ queryKey: ["billing", "rules"], queryFn: billingRules });
  const name = (one: Rate) =>
    [
      t.label("costItem", one.kind),
      one.level && t("rates.levelN", { level: one.level }),
      one.hours && t.label("workHours", one.hours),
      f.countryName(one.country ?? ""),
    ]
      .filter(Boolean)
      .join(" · ");
  const rows = [...(found.data ?? [])].sort(
    (a, b) => name(a).localeCompare(name(b)) || a.valid_from.localeCompare(b.valid_from),
  );
  const create = mayBill && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen("rate")}>
      {t("rates.new")}
    </Button>
  );
  return (
    <div className="page">
      <PageHead title={t("billing.rates")}>{create}</PageHead>
      <BillingTabs />
      <h2 className="page-h2">{t("rates.costs")}</h2>
      {found.isPending && <PageSkeleton />}
      {found.isError && <ErrorState error={found.error} retry={() => found.refetch()} />}
      {found.data && rows.length === 0 && (
        <EmptyState title={t("rates.empty")} hint={t("rates.emptyHint")}>
          {create}
        </EmptyState>
      )}
      <Validity
        label={t("price.validity")}
        today={todayText()}
        spans={rows.map((one) => ({
          key: one.id, name: name(one), label: `${one.amount.amount} ${one.amount.currency}`,
          from: one.valid_from, until: one.valid_until,
          state: one.valid_until && one.valid_until < todayText() ? "ended" : one.valid_from > todayText() ? "upcoming" : "active",
        }))}
      />
      {rows.length > 0 && (
        <Sheet label={t("rates.costs")}>
          <thead>
            <tr>
              <th>{t("rates.what")}</th>
              <th className="end">{t("costs.unitCost")}</th>
              <th>{t("price.from")}</th>
              <th>{t("price.until")}</th>
              <th>{t("rates.note")}</th>
              <th />
            </tr>
          </thead>
          <tbody>
            {rows.map((one) => (
              <tr key={one.id}>
                <td>{name(one)}</td>
                <td className="end">
                  <MoneyText money={one.amount} /> <small className="quiet">{t.label("rateUnit", one.unit)}</small>
                </td>
                <td className="figures nowrap">{f.date(one.valid_from)}</td>
                <td className="figures nowrap">{f.date(one.valid_until) || t("price.open")}</td>
                <td>{one.note}</td>
                <td>
                  {mayBill && !one.valid_until && (
                    <Button size="small" type="link" onClick={() => setEnding(one)}>
                      {t("rates.end")}
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </Sheet>
      )}
      <h2 className="page-h2">
        {t("rates.exchange")}{" "}
        {mayBill && (
          <Button size="small" onClick={() => setOpen("exchange")}>
            {t("rates.newExchange")}
          </Button>
        )}
      </h2>
      <p className="quiet">{t("rates.exchangeHint")}</p>
      {(exchange.data?.length ?? 0) > 0 && (
        <Sheet label={t("rates.exchange")}>
          <thead>
            <tr>
              <th>{t("rates.pair")}</th>
              <th className="end">{t("rates.rate")}</th>
              <th>{t("price.from")}</th>
              <th>{t("rates.note")}</th>
            </tr>
          </thead>
          <tbody>
            {[...(exchange.data ?? [])]
              .sort((a, b) => b.valid_on.localeCompare(a.valid_on) || a.base.localeCompare(b.base))
              .map((one) => (
                <tr key={one.id}>
                  <td className="figures">
                    1 {one.base} = … {one.quote}
                  </td>
                  <td className="end figures">{one.rate}</td>
                  <td className="figures nowrap">{f.date(one.valid_on)}</td>
                  <td>{one.note}</td>
                </tr>
              ))}
          </tbody>
        </Sheet>
      )}
      <h2 className="page-h2">{t("rates.rules")}</h2>
      {rules.data && <RulesForm key={rules.data.version} rules={rules.data} mayWrite={mayBill} />}
      {open === "rate" && <RateDialog onClose={() => setOpen(undefined)} />}
      {open === "exchange" && <ExchangeDialog onClose={() => setOpen(undefined)} />}
      {ending && (
        <ActDialog<{ valid_until: string }, unknown>
          title={`${t("rates.end")}: ${name(ending)}`}
          submit={t("rates.end")}
          version={ending.version}
          initial={{ valid_until: todayText() }}
          run={(values, how) => changeRate(ending.id, values, how)}
          refresh={[["billing", "rates"]]}
          onClose={() => setEnding(undefined)}
        >
          <Form.Item name="valid_until" label={t("price.until")}>
            <Input type="date" />
          </Form.Item>
        </ActDialog>
      )}
    </div>
  );
}

function RateDialog({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const [form] = Form.useForm<RateValues>();
  const kind = Form.useWatch("kind", form);
  const needed = [{ required: true, message: t("form.needed") }];
  return (
    <ActDialog<RateValues, Rate>
      title={t("rates.new")}
      hint={t("rates.newHint")}
      submit={t("act.add")}
      form={form}
      initial={{ kind: "labour", currency: "CNY", valid_from: todayText(), hours: "" }}
      run={({ amount, currency, level, hours, country, ...rest }, { key }) =>
        createRate(
          {
            ...rest,
            note: rest.note ?? "",
            country: country?.toUpperCase() ?? "",
            level: isTimed(rest.kind) ? (level ?? null) : null,
            hours: (isTimed(rest.kind) ? (hours ?? "") : "") as NewRate["hours"],
            amount: { amount: String(amount), currency },
          },
          key,
        )
      }
      refresh={[["billing", "rates"]]}
      onClose={onClose}
    >
      <div className="form-two">
        <Form.Item name="kind" label={t("costs.kind")}>
          <Select options={KINDS.map((value) => ({ value, label: t.label("costItem", value) }))} />
        </Form.Item>
        <Form.Item name="country" label={t("rates.country")}>
          <Input maxLength={2} placeholder={t("price.every")} />
        </Form.Item>
        {isTimed(kind ?? "") && (
          <>
            <Form.Item name="level" label={t("price.level")}>
              <InputNumber min={1} max={9} precision={0} className="number-field" placeholder={t("price.every")} />
            </Form.Item>
            <Form.Item name="hours" label={t("quote.hours")}>
              <Select options={HOURS.map((value) => ({ value, label: value ? t.label("workHours", value) : t("price.every") }))} />
            </Form.Item>
          </>
        )}
        <Form.Item name="amount" label={t("costs.unitCost")} rules={needed}>
          <InputNumber stringMode min="0" className="number-field" />
        </Form.Item>
        <Form.Item name="currency" label={t("contract.currency")}>
          <Select options={CURRENCIES.map((value) => ({ value, label: value }))} />
        </Form.Item>
        <Form.Item name="valid_from" label={t("price.from")} rules={needed}>
          <Input type="date" />
        </Form.Item>
        <Form.Item name="note" label={t("rates.note")}>
          <Input maxLength={300} />
        </Form.Item>
      </div>
    </ActDialog>
  );
}

function ExchangeDialog({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const needed = [{ required: true, message: t("form.needed") }];
  const options = CURRENCIES.map((value) => ({ value, label: value }));
  return (
    <ActDialog<{ base: string; quote: string; rate: string; valid_on: string; note?: string }, unknown>
      title={t("rates.newExchange")}
      hint={t("rates.exchangeHint")}
      submit={t("act.add")}
      initial={{ base: "EUR", quote: "CNY", valid_on: todayText() }}
      run={(values, { key }) =>
        setExchangeRate({ ...values, rate: String(values.rate), note: values.note ?? "" }, key)
      }
      refresh={[["billing", "exchange"], ["costs"]]}
      onClose={onClose}
    >
      <div className="form-two">
        <Form.Item name="base" label={t("rates.base")}>
          <Select options={options} />
        </Form.Item>
        <Form.Item name="quote" label={t("rates.quote")}>
          <Select options={options} />
        </Form.Item>
        <Form.Item name="rate" label={t("rates.rate")} rules={needed}>
          <InputNumber stringMode min="0" className="number-field" />
        </Form.Item>
        <Form.Item name="valid_on" label={t("price.from")} rules={needed}>
          <Input type="date" />
        </Form.Item>
        <Form.Item name="note" label={t("rates.source")}>
          <Input maxLength={300} />
        </Form.Item>
      </div>
    </ActDialog>
  );
}
