import { useQuery } from "@tanstack/react-query";
import { App, Button, Checkbox } from "antd";
import { useState } from "react";
import { useNavigate } from "react-router";
import { useMay } from "../app/session";
import { makeRequests, proposal } from "../api/stockDocuments";
import type { ProposalLine } from "../api/stockTypes";
import { useWords } from "../i18n/LanguageProvider";
import { EmptyState } from "../ui/EmptyState";
import { ErrorState } from "../ui/ErrorState";
import { PageHead } from "../ui/PageHead";
import { PageSkeleton } from "../ui/Skeletons";
import { useCommand } from "../ui/useCommand";
import { StockTabs } from "./StockTabs";
import { PartLink, Place } from "./bits";
import { byLocation, whyText } from "./proposal";

const idOf = ({ location, part }: ProposalLine): string => `${location}|${part}`;

/** What each place should get from the one above it, and why; chosen lines become requests. */
export default function ReplenishmentPage() {
  const { t } = useWords();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const mayRequest = useMay("stock:request");
  const [off, setOff] = useState<string[]>([]);
  const found = useQuery({ queryKey: ["stock", "replenishment"], queryFn: () => proposal() });
  const lines = found.data?.lines ?? [];
  const chosen = lines.filter((one) => one.quantity > 0 && !off.includes(idOf(one)));
  const make = useCommand({
    refresh: [["stock"], ["stock-requests"]],
    run: async (picked: ProposalLine[], { key }) => {
      const made = [];
      for (const { location, lines: wanted } of byLocation(picked)) {
        const parts = wanted.map((one) => one.part);
        // One key for each place, so that a retry after a failure asks for nothing twice.
        made.push(...(await makeRequests({ location, parts }, `${key}:${location}`)).requests);
      }
      return made;
    },
    onDone: (made) => {
      void message.success(t("replenish.made", { count: made.length }));
      void navigate("/stock/requests?state=submitted");
    },
  });
  return (
    <div className="page">
      <PageHead title={t("stock.replenishment")} sub={t("replenish.hint")}>
        {mayRequest && (
          <Button
            type="primary"
            disabled={chosen.length === 0}
            loading={make.busy}
            onClick={() => make.submit(chosen)}
          >
            {t("replenish.make", { count: chosen.length })}
          </Button>
        )}
      </PageHead>
      <StockTabs />
      {found.isPending && <PageSkeleton />}
      {found.isError && <ErrorState error={found.error} retry={() => found.refetch()} />}
      {found.data && lines.length === 0 && (
        <EmptyState title={t("replenish.empty")} hint={t("replenish.emptyHint")} />
      )}
      {byLocation(lines).map((group) => (
        <section key={group.location} className="proposal">
          <h2>
            <Place place={group.location} />
          </h2>
          <ProposalTable
            lines={group.lines}
            isOn={(one) => !off.includes(idOf(one))}
            onToggle={(one) =>
              setOff(off.includes(idOf(one)) ? off.filter((id) => id !== idOf(one)) : [...off, idOf(one)])
            }
          />
        </section>
      ))}
    </div>
  );
}

interface TableProps {
  lines: ProposalLine[];
  isOn: (line: ProposalLine) => boolean;
  onToggle: (line: ProposalLine) => void;
}

function ProposalTable({ lines, isOn, onToggle }: TableProps) {
  const { t } = useWords();
  return (
    <div className="plain-scroll">
      <table className="plain-table">
        <thead>
          <tr>
            <th aria-label={t("replenish.choose")} />
            <th>{t("stock.part")}</th>
            <th>{t("request.source")}</th>
            <th className="end">{t("stock.onHand")}</th>
            <th className="end">{t("stock.reserved")}</th>
            <th className="end">{t("replenish.incoming")}</th>
            <th className="end">{t("stock.minMax")}</th>
            <th className="end">{t("replenish.quantity")}</th>
            <th className="end">{t("replenish.short")}</th>
            <th>{t("replenish.why")}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((one) => (
            <tr key={one.part}>
              <td>
                <Checkbox
                  checked={one.quantity > 0 && isOn(one)}
                  disabled={one.quantity === 0}
                  aria-label={t("list.choose", { name: one.part })}
                  onChange={() => onToggle(one)}
                />
              </td>
              <td>
                <PartLink part={one.part} />
              </td>
              <td>
                <Place place={one.source} />
              </td>
              <td className="end figures">{one.on_hand}</td>
              <td className="end figures">{one.reserved}</td>
              <td className="end figures">{one.incoming}</td>
              <td className="end figures">{`${one.minimum} / ${one.maximum}`}</td>
              <td className="end figures">
                <strong>{one.quantity}</strong>
              </td>
              <td className="end figures">{one.short > 0 && <span className="stock-short">{one.short}</span>}</td>
              <td>{whyText(one, t)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
