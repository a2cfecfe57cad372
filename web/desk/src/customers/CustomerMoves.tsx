import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { moves } from "../api/stock";
import { useWords } from "../i18n/LanguageProvider";
import { EmptyState } from "../ui/EmptyState";
import { ErrorState } from "../ui/ErrorState";
import { LinesSkeleton } from "../ui/Skeletons";
import { WhenText } from "../ui/WhenText";
import { PartLink, Way } from "../stock/bits";

const LATEST_TICKETS = 12;

/** Parts that went to a customer or came back, over the latest tickets. */
export function CustomerMoves({ tickets }: { tickets: string[] }) {
  const { t } = useWords();
  const asked = tickets.slice(0, LATEST_TICKETS);
  const list = useQuery({
    queryKey: ["stock-moves", "of-tickets", asked],
    queryFn: async ({ signal }) => {
      const pages = await Promise.all(asked.map((ticket) => moves({ ticket, limit: 50 }, signal)));
      return pages.flatMap((page) => page.items).sort((a, b) => b.recorded_at.localeCompare(a.recorded_at));
    },
  });
  if (list.isPending) return <LinesSkeleton lines={3} />;
  if (!list.data) return <ErrorState error={list.error} retry={() => list.refetch()} />;
  if (list.data.length === 0) {
    return <EmptyState title={t("customer.noParts")} hint={t("customer.partsHint", { count: asked.length })} />;
  }
  return (
    <>
      <p className="quiet">{t("customer.partsHint", { count: asked.length })}</p>
      <div className="plain-scroll">
        <table className="plain-table">
          <thead>
            <tr>
              <th>{t("move.at")}</th>
              <th>{t("stock.part")}</th>
              <th className="end">{t("stock.quantity")}</th>
              <th>{t("move.way")}</th>
              <th>{t("stock.ticket")}</th>
            </tr>
          </thead>
          <tbody>
            {list.data.map((one) => (
              <tr key={one.id}>
                <td>
                  <WhenText at={one.happened_at} />
                </td>
                <td>
                  <PartLink part={one.part} />
                  <small className="quiet">{[one.lot, one.serial].filter(Boolean).join(" · ")}</small>
                </td>
                <td className="end figures">{one.quantity}</td>
                <td>
                  <Way source={one.source} target={one.target} />
                </td>
                <td>
                  <Link to={`/tickets/${encodeURIComponent(one.ticket)}`}>{one.ticket}</Link>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
