import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { contracts } from "../api/contracts";
import { useWords } from "../i18n/LanguageProvider";
import { Section } from "../ui/Facts";

/** The agreements with a customer, those that run first. */
export function CustomerContracts({ customerId }: { customerId: string }) {
  const { t, f } = useWords();
  const list = useQuery({
    queryKey: ["contracts", "of-customer", customerId],
    queryFn: ({ signal }) => contracts({ customer_id: customerId, limit: 50 }, signal),
  });
  const rows = [...(list.data?.items ?? [])].sort(
    (a, b) => Number(b.state === "active") - Number(a.state === "active"),
  );
  if (!list.data) return null;
  return (
    <Section title={t("customer.contracts", { count: rows.length })}>
      {rows.length === 0 && <p className="quiet">{t("device.noContract")}</p>}
      <ul className="side-devices">
        {rows.map((one) => (
          <li key={one.number}>
            <Link to={`/contracts/${encodeURIComponent(one.number)}`} className="figures">
              {one.number}
            </Link>
            <span>{one.plan}</span>
            <span className="tag">{t.label("contractState", one.state)}</span>
            <span className="quiet">{one.ends_on && t("customer.until", { date: f.date(one.ends_on) })}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
