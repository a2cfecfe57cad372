import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { counts, partRequests, reservations, transfers } from "../api/stockDocuments";
import { useWords } from "../i18n/LanguageProvider";
import { Section } from "../ui/Facts";
import { StateTag, Way } from "./bits";
import { countPath } from "./terms";

const OPEN_REQUESTS = ["draft", "submitted", "approved", "picking", "in_transit"];

/** What is going on at a place: transfers, requests, counts, reservations. */
export function OpenDocuments({ location }: { location: string }) {
  const { t, f } = useWords();
  const on = useQuery({
    queryKey: ["stock", "open-documents", location],
    queryFn: async ({ signal }) => {
      const [moving, asked, counting, kept] = await Promise.all([
        transfers({ location, state: ["draft", "in_transit"], limit: 50 }, signal),
        partRequests({ location, state: OPEN_REQUESTS, limit: 50 }, signal),
        counts({ location, state: "open", limit: 10 }, signal),
        reservations({ location, state: "active", limit: 50 }, signal),
      ]);
      return { moving, asked, counting, kept };
    },
  });
  if (!on.data) return null;
  const { moving, asked, counting, kept } = on.data;
  return (
    <>
      <Section title={t("location.moving", { count: moving.items.length })}>
        <ul className="stock-docs">
          {moving.items.map((one) => (
            <li key={one.id}>
              <Link to={`/stock/transfers/${one.number}`}>{one.number}</Link>
              <StateTag group="transferState" state={one.state} />
              <Way source={one.source} target={one.target} />
            </li>
          ))}
        </ul>
        {moving.items.length === 0 && <p className="quiet">{t("state.none")}</p>}
      </Section>
      <Section title={t("location.asked", { count: asked.items.length })}>
        <ul className="stock-docs">
          {asked.items.map((one) => (
            <li key={one.id}>
              <Link to={`/stock/requests/${one.number}`}>{one.number}</Link>
              <StateTag group="requestState" state={one.state} />
              {one.needed_by && <span className="quiet">{t("request.by", { date: f.date(one.needed_by) })}</span>}
            </li>
          ))}
        </ul>
        {asked.items.length === 0 && <p className="quiet">{t("state.none")}</p>}
      </Section>
      {counting.items.length > 0 && (
        <Section title={t("stock.openCounts")}>
          <ul className="stock-docs">
            {counting.items.map((one) => (
              <li key={one.id}>
                <Link to={countPath(one.number)}>{one.number}</Link>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section title={t("location.kept", { count: kept.items.length })}>
        <ul className="stock-docs">
          {kept.items.map((one) => (
            <li key={one.id}>
              <span className="figures">{`${one.quantity - one.consumed} × ${one.part}`}</span>
              <span className="quiet">
                {[t.label("purpose", one.purpose_type), one.purpose_number].filter(Boolean).join(" ")}
              </span>
            </li>
          ))}
        </ul>
        {kept.items.length === 0 && <p className="quiet">{t("state.none")}</p>}
      </Section>
    </>
  );
}
