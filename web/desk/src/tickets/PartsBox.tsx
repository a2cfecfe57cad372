import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { useMay } from "../app/session";
import { moves } from "../api/stock";
import { reservations } from "../api/stockDocuments";
import { useWords } from "../i18n/LanguageProvider";
import { Section } from "../ui/Facts";

interface Line {
  key: string;
  part: string;
  quantity: number;
  where: string;
  serial: string;
  kept: boolean;
}

/** Parts that are kept for a ticket, and those that were moved for it; nothing where none are. */
export function PartsBox({ number }: { number: string }) {
  const { t, f } = useWords();
  const lines = usePartLines(number);
  if (lines.length === 0) return null;
  return (
    <Section title={t("ticket.parts", { count: lines.length })}>
      <ul className="family">
        {lines.map((line) => (
          <li key={line.key}>
            <Link to={`/stock/parts/${encodeURIComponent(line.part)}`} className="figures">
              {line.part}
            </Link>
            <span className="figures">× {f.number(line.quantity)}</span>
            <span className="tag">{t(line.kept ? "ticket.partKept" : "ticket.partUsed")}</span>
            <span className="quiet">{[line.where, line.serial].filter(Boolean).join(" · ")}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function usePartLines(number: string): Line[] {
  const may = useMay("stock:read");
  const kept = useQuery({
    queryKey: ["stock", "reservations", "ticket", number],
    queryFn: ({ signal }) =>
      reservations({ purpose_type: "ticket", purpose_number: number, state: ["active"], limit: 20 }, signal),
    enabled: may,
  });
  const used = useQuery({
    queryKey: ["stock", "moves", "ticket", number],
    queryFn: ({ signal }) => moves({ ticket: number, kind: "use", limit: 20 }, signal),
    enabled: may,
  });
  return [
    ...(kept.data?.items ?? []).map((one) => ({
      key: one.id, part: one.part, quantity: one.quantity - one.consumed, where: one.location,
      serial: one.serial, kept: true,
    })),
    ...(used.data?.items ?? []).filter((one) => !one.reversed_by).map((one) => ({
      key: one.id, part: one.part, quantity: one.quantity, where: one.source, serial: one.serial,
      kept: false,
    })),
  ];
}
