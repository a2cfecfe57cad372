import { PlusOutlined } from "@ant-design/icons";
import { Button, Form, Input, InputNumber, Select } from "antd";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useNavigate } from "react-router";
import { useMay } from "../app/session";
import { createPriceList, priceLists } from "../api/billing";
import type { PriceList } from "../api/billing";
import { useWords } from "../i18n/LanguageProvider";
import { ActDialog } from "../ui/ActDialog";
import { EmptyState } from "../ui/EmptyState";
import { ErrorState } from "../ui/ErrorState";
import { PageHead } from "../ui/PageHead";
import { PageSkeleton } from "../ui/Skeletons";
import { BillingTabs, Sheet } from "./bits";
import { CURRENCIES, priceListPath, todayText } from "./terms";
import { Validity } from "./Validity";

/** For whom a list holds, in words; none named: for everybody. */
export function Whom({ list }: { list: Pick<PriceList, "tiers" | "contracts" | "countries"> }) {
  const { t, f } = useWords();
  const named = [
    ...(list.tiers ?? []).map((tier) => t.label("tier", tier)),
    ...(list.countries ?? []).map((code) => f.countryName(code)),
    ...(list.contracts ?? []),
  ];
  return <>{named.length ? named.join(", ") : t("price.everybody")}</>;
}

/** Price lists with the days on which they hold. */
export default function PriceListsPage() {
  const { t, f } = useWords();
  const navigate = useNavigate();
  const mayBill = useMay("billing:write");
  const [making, setMaking] = useState(false);
  const lists = useQuery({
    queryKey: ["price-lists"],
    queryFn: ({ signal }) => priceLists({ limit: 200 }, signal),
  });
  const rows = lists.data?.items ?? [];
  const create = mayBill && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setMaking(true)}>
      {t("price.new")}
    </Button>
  );
  return (
    <div className="page">
      <PageHead title={t("billing.priceLists")}>{create}</PageHead>
      <BillingTabs />
      {lists.isPending && <PageSkeleton />}
      {lists.isError && <ErrorState error={lists.error} retry={() => lists.refetch()} />}
      {lists.data && rows.length === 0 && (
        <EmptyState title={t("price.empty")} hint={t("price.emptyHint")}>
          {create}
        </EmptyState>
      )}
      {rows.length > 0 && (
        <>
          <Validity
            label={t("price.validity")}
            today={todayText()}
            spans={rows.map((one) => ({
              key: one.code, name: one.code, label: one.currency, from: one.valid_from,
              until: one.valid_until, state: one.state,
            }))}
          />
          <Sheet label={t("billing.priceLists")}>
            <thead>
              <tr>
                <th>{t("price.code")}</th>
                <th>{t("price.name")}</th>
                <th>{t("price.whom")}</th>
                <th>{t("contract.currency")}</th>
                <th>{t("quote.state")}</th>
                <th className="end">{t("price.items")}</th>
                <th className="end">{t("quote.discount")}</th>
                <th>{t("price.from")}</th>
                <th>{t("price.until")}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((one) => (
                <tr key={one.code}>
                  <td>
                    <Link to={priceListPath(one.code)} className="figures nowrap">
                      {one.code}
                    </Link>
                  </td>
                  <td>{one.name}</td>
                  <td>
                    <Whom list={one} />
                  </td>
                  <td className="figures">{one.currency}</td>
                  <td>
                    <span className="tag" data-billing-state={one.state}>
                      {t.label("priceListState", one.state)}
                    </span>
                  </td>
                  <td className="end figures">{f.number(one.items_count)}</td>
                  <td className="end figures">{one.discount} %</td>
                  <td className="figures nowrap">{f.date(one.valid_from)}</td>
                  <td className="figures nowrap">{f.date(one.valid_until) || t("price.open")}</td>
                </tr>
              ))}
            </tbody>
          </Sheet>
        </>
      )}
      {making && (
        <ActDialog<Record<string, string | number>, PriceList>
          title={t("price.new")}
          submit={t("act.add")}
          initial={{ currency: "CNY", valid_from: todayText(), discount: "0" }}
          run={(values, { key }) => createPriceList({ ...values, discount: String(values.discount ?? "0") }, key)}
          refresh={[["price-lists"]]}
          onDone={(made) => void navigate(priceListPath(made.code))}
          onClose={() => setMaking(false)}
        >
          <div className="form-two">
            <Form.Item name="code" label={t("price.code")} rules={[{ required: true, message: t("form.needed") }]}>
              <Input autoFocus maxLength={60} />
            </Form.Item>
            <Form.Item name="name" label={t("price.name")}>
              <Input maxLength={200} />
            </Form.Item>
            <Form.Item name="currency" label={t("contract.currency")}>
              <Select options={CURRENCIES.map((value) => ({ value, label: value }))} />
            </Form.Item>
            <Form.Item name="valid_from" label={t("price.from")}>
              <Input type="date" />
            </Form.Item>
            <Form.Item name="discount" label={t("quote.discount")}>
              <InputNumber stringMode min="0" max="100" suffix="%" className="number-field" />
            </Form.Item>
          </div>
        </ActDialog>
      )}
    </div>
  );
}
