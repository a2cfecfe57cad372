import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useMay } from "../app/session";
import { ticketCosts } from "../api/billing";
import { useWords } from "../i18n/LanguageProvider";
import { Section } from "../ui/Facts";
import { MoneyText } from "../ui/MoneyText";
import { CostsDrawer } from "./CostsDrawer";
import { BearerBar } from "./bits";

/** What a ticket costs, in the side of its page: sums and bearers; the lines open in a drawer. */
export function CostsBox({ number, customerId }: { number: string; customerId: string | null }) {
  const { t } = useWords();
  const may = useMay("billing:read");
  const [open, setOpen] = useState(false);
  const costs = useQuery({
    queryKey: ["costs", number],
    queryFn: ({ signal }) => ticketCosts(number, signal),
    enabled: may,
  });
  if (!may || !costs.data) return null;
  const { totals, lines, late_lines: late, state } = costs.data;
  return (
    <Section
      title={t("costs.title")}
      extra={
        <Button size="small" type="link" onClick={() => setOpen(true)}>
          {t("costs.open", { count: lines.length })}
        </Button>
      }
    >
      <p className="quiet">
        {t.label("costsState", state)}
        {late > 0 && <strong className="costs-late"> · {t("costs.late", { count: late })}</strong>}
      </p>
      {totals.length === 0 && <p className="quiet">{t("costs.none")}</p>}
      {totals.map((sums) => (
        <div key={sums.currency} className="costs-sum">
          <p>
            <span className="quiet">{t("costs.cost")}</span>{" "}
            <MoneyText money={{ amount: sums.cost, currency: sums.currency }} />
          </p>
          <BearerBar sums={sums} />
        </div>
      ))}
      {open && (
        <CostsDrawer
          costs={costs.data}
          number={number}
          customerId={customerId}
          onClose={() => setOpen(false)}
        />
      )}
    </Section>
  );
}
