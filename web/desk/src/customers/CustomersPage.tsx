import { useMemo } from "react";
import { Link } from "react-router";
import { customers } from "../api/records";
import type { Customer } from "../api/types";
import { useOwnColumns, useOwnFilters } from "../customise/ownList";
import { useWords } from "../i18n/LanguageProvider";
import { ListPage } from "../ui/ListPage";
import type { ServerColumn } from "../ui/listShape";

const pathOf = (customer: Customer): string => `/customers/${customer.id}`;

/** Every customer on file. */
export default function CustomersPage() {
  const { t, f } = useWords();
  const own = useOwnColumns<Customer>("customer");
  const ownFilters = useOwnFilters("customer");
  const columns = useMemo<ServerColumn<Customer>[]>(
    () => [
      { key: "number", title: t("customer.number"), width: 110, render: (one) => <span className="figures">{one.number}</span> },
      { key: "name", title: t("customer.name"), width: 300, render: (one) => <Link to={pathOf(one)}>{one.name}</Link> },
      { key: "tier", title: t("customer.tier"), width: 100, render: (one) => t.label("tier", one.tier) },
      { key: "country", title: t("customer.country"), width: 120, render: (one) => f.countryName(one.country) },
      { key: "city", title: t("customer.city"), width: 140, render: (one) => one.city },
      { key: "industry", title: t("customer.industry"), width: 180, render: (one) => one.industry },
      { key: "language", title: t("contact.language"), width: 110, render: (one) => f.languageName(one.language) },
      { key: "zone", title: t("customer.timeZone"), width: 150, hidden: true, render: (one) => one.time_zone },
    ],
    [t, f],
  );
  return (
    <ListPage<Customer>
      subject="customers"
      title={t("nav.customers")}
      search={t("customers.search")}
      empty={{ title: t("customers.empty"), hint: t("customers.emptyHint") }}
      columns={[...columns, ...own]}
      filters={ownFilters}
      fetch={customers}
      rowKey={(one) => one.id}
      pathOf={pathOf}
      exportKind="customers"
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
