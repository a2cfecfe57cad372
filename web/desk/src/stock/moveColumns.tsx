import { Link } from "react-router";
import { useColleagues } from "../app/presence";
import type { Move } from "../api/stockTypes";
import type { Translator } from "../i18n/catalogue";
import type { Formats } from "../i18n/format";
import { useWords } from "../i18n/LanguageProvider";
import { WhenText } from "../ui/WhenText";
import type { ServerColumn } from "../ui/listShape";
import { PartLink, Way } from "./bits";
import { ReverseButton } from "./ReverseButton";

/** The columns of the ledger. */
export function moveColumns({ t, f }: { t: Translator; f: Formats }): ServerColumn<Move>[] {
  return [
    { key: "at", title: t("move.at"), width: 145, render: (one) => <WhenText at={one.happened_at} /> },
    {
      key: "kind",
      title: t("move.kind"),
      width: 105,
      render: (one) => (
        <>
          {t.label("moveKind", one.kind)}
          {one.reversed_by && <span className="tag stock-reversed">{t("move.reversed")}</span>}
          {one.reverses && <span className="tag">{t("move.reversal")}</span>}
        </>
      ),
    },
    { key: "part", title: t("stock.part"), width: 115, render: (one) => <PartLink part={one.part} /> },
    {
      key: "quantity",
      title: t("stock.quantity"),
      width: 60,
      align: "end",
      render: (one) => <span className="figures">{f.number(one.quantity)}</span>,
    },
    { key: "way", title: t("move.way"), width: 190, render: (one) => <Way source={one.source} target={one.target} /> },
    {
      key: "piece",
      title: t("move.piece"),
      width: 130,
      render: (one) => (
        <>
          {[one.lot, one.serial].filter(Boolean).join(" · ")}
          {one.condition !== "good" && <span className="tag">{t.label("condition", one.condition)}</span>}
        </>
      ),
    },
    { key: "reference", title: t("move.reference"), width: 130, render: (one) => <Reference move={one} /> },
    { key: "actor", title: t("move.actor"), width: 110, render: (one) => <ActorName actor={one.actor} /> },
    { key: "reason", title: t("stock.reason"), width: 150, render: (one) => one.reason },
    { key: "acts", title: t("move.acts"), width: 60, render: (one) => <ReverseButton move={one} /> },
  ];
}

/** What a move was for: the visit, the ticket, or the document that made it. */
function Reference({ move }: { move: Move }) {
  if (move.work_order) return <Link to={`/visits/${encodeURIComponent(move.work_order)}`}>{move.work_order}</Link>;
  if (move.ticket) return <Link to={`/tickets/${encodeURIComponent(move.ticket)}`}>{move.ticket}</Link>;
  if (move.reference_type === "transfer") {
    return <Link to={`/stock/transfers/${encodeURIComponent(move.reference)}`}>{move.reference}</Link>;
  }
  return <>{move.reference || move.partner}</>;
}

/** A member of staff by name, others by what they are. */
export function ActorName({ actor }: { actor: string }) {
  const { t } = useWords();
  const colleagues = useColleagues();
  const [kind = "", id = ""] = actor.split(":");
  if (kind === "contact") return <>{t("author.customer")}</>;
  if (kind === "user") return <>{colleagues.find((one) => one.id === id)?.name ?? t("author.agent")}</>;
  return <>{t.label("actor", actor)}</>;
}
