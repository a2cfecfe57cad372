import { Link } from "react-router";
import type { Transfer } from "../api/stockTypes";
import { useWords } from "../i18n/LanguageProvider";
import { TransferActs } from "./TransferActs";
import { Way } from "./bits";

/** A transfer on the board: from where to where, how much, when it should arrive. */
export function TransferCard({ transfer, search }: { transfer: Transfer; search: string }) {
  const { t, f } = useWords();
  const pieces = transfer.lines.reduce((sum, one) => sum + one.quantity, 0);
  const [first, ...rest] = transfer.lines;
  return (
    <article className="board-card" data-late={transfer.late}>
      <header>
        <Link to={`/stock/transfers/${transfer.number}${search}`} className="figures">
          {transfer.number}
        </Link>
        {transfer.late && <span className="stock-late">{t("transfer.late")}</span>}
      </header>
      <Way source={transfer.source} target={transfer.target} />
      <p className="board-lines">
        {first && `${first.quantity} × ${first.part}`}
        {rest.length > 0 && ` ${t("transfer.more", { count: rest.length })}`}
        <span className="quiet"> · {t("transfer.pieces", { count: pieces })}</span>
      </p>
      <p className="quiet">
        {transfer.state === "received"
          ? t("transfer.receivedAt", { time: f.dateTime(transfer.received_at) })
          : transfer.expected_at
            ? t("transfer.due", { time: f.date(transfer.expected_at) })
            : t("transfer.noDate")}
      </p>
      <TransferActs transfer={transfer} />
    </article>
  );
}
