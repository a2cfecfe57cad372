import { useMemo } from "react";
import { Link } from "react-router";
import { customers } from "../api/records";
import type { Customer } from "../api/types";
import { useWords } from "../i18n/LanguageProvider";
import { RecordList } from "../ui/RecordList";
import { byText, textColumn } from "../ui/listColumns";
import type { ListColumn } from "../ui/listColumns";

const pathOf = (customer: Customer): string => `/customers/${customer.id}`;

export default function CustomersPage() {
  const { t, f } = useWords();
  const columns = useMemo<ListColumn<Customer>[]>(
    () => [
      textColumn("number", t("customer.number"), (one) => one.number, 110),
      {
        key: "name",
        title: t("customer.name"),
        width: 300,
        render: (one) => <Link to={pathOf(one)}>{one.name}</Link>,
        text: (one) => one.name,
        compare: byText((one) => one.name),
      },
      textColumn("tier", t("customer.tier"), (one) => t.label("tier", one.tier), 100),
      textColumn("country", t("customer.country"), (one) => f.countryName(one.country), 120),
      textColumn("city", t("customer.city"), (one) => one.city, 140),
      textColumn("industry", t("customer.industry"), (one) => one.industry, 180),
      textColumn("language", t("contact.language"), (one) => f.languageName(one.language), 110),
    ],
    [t, f],
  );
  return (
    <RecordList<Customer>
      subject="customers"
      title={t("nav.customers")}
      search={t("customers.search")}
      empty={{ title: t("customers.empty"), hint: t("customers.emptyHint") }}
      columns={columns}
      fetch={(q, cursor, signal) => customers({ q, cursor }, signal)}
      rowKey={(one) => one.id}
      pathOf={pathOf}
      card={(one) => (
        <>
          <strong>{one.name}</strong>
          <span className="row-card-facts">
            <span className="figures">{one.number}</span>
            <span>{t.label("tier", one.tier)}</span>
            <span>{[one.city, f.countryName(one.country)].filter(Boolean).join(", ")}</span>
          </span>
        </>
      )}
    />
  );
}
