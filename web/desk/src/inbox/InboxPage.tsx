import { useState } from "react";
import { Navigate, useNavigate, useParams } from "react-router";
import { EmptyState } from "../ui/EmptyState";
import { useNarrow } from "../ui/useNarrow";
import { useStored } from "../ui/useStored";
import { useWords } from "../i18n/LanguageProvider";
import { ConversationList } from "./ConversationList";
import { ConversationPane } from "./ConversationPane";
import { isBox } from "./boxes";
import "../styles/inbox.css";
import "../styles/thread.css";

const STACKED_BELOW = 860;
const THREE_COLUMNS_FROM = 1180;

/** List, conversation and what is known about it; on a phone one after the other. */
export default function InboxPage() {
  const { box, id } = useParams();
  const { t } = useWords();
  const navigate = useNavigate();
  const stacked = useNarrow(STACKED_BELOW);
  const narrow = useNarrow(THREE_COLUMNS_FROM);
  const [sideWanted, setSideWanted] = useStored("inbox.side", true);
  const [drawer, setDrawer] = useState(false);
  if (!isBox(box)) return <Navigate to="/inbox/queue" replace />;

  const side = narrow
    ? { kind: "drawer" as const, open: drawer, setOpen: setDrawer }
    : { kind: "column" as const, open: sideWanted, setOpen: setSideWanted };
  return (
    <div className={stacked ? "inbox inbox-stacked" : "inbox"}>
      {!(stacked && id) && <ConversationList box={box} selected={id} />}
      {id ? (
        <ConversationPane
          key={id}
          id={id}
          side={side}
          back={stacked ? () => void navigate(`/inbox/${box}`) : undefined}
        />
      ) : (
        !stacked && (
          <div className="inbox-none">
            <EmptyState title={t("inbox.pick")} hint={t("inbox.pickHint")} />
          </div>
        )
      )}
    </div>
  );
}
