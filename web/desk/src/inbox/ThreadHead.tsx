import {
  ArrowLeftOutlined,
  CheckOutlined,
  InfoCircleOutlined,
  RollbackOutlined,
  UserSwitchOutlined,
} from "@ant-design/icons";
import { Button, Tooltip } from "antd";
import { useNavigate } from "react-router";
import { useMe } from "../app/session";
import type { ConversationDetail } from "../api/types";
import { useWords } from "../i18n/LanguageProvider";
import { LanguageTag } from "../ui/LanguageTag";
import { useNow } from "../ui/useNow";
import { AssignMenu } from "./AssignMenu";
import { ChannelIcon } from "./ChannelIcon";
import { useContactName } from "./ConversationLine";
import type { Side } from "./ConversationPane";
import { WaitTag } from "./WaitTag";
import { useOwning } from "./useConversation";

interface Props {
  conversation: ConversationDetail;
  side: Side;
  back?: () => void;
  mayWrite: boolean;
}

export function ThreadHead({ conversation, side, back, mayWrite }: Props) {
  const { t } = useWords();
  const nameOf = useContactName();
  const now = useNow();
  // Alone on a phone the conversation is the page, so its name is the page's heading.
  const Heading = back ? "h1" : "h2";
  return (
    <header className="thread-head">
      {back && (
        <Button
          type="text"
          icon={<ArrowLeftOutlined />}
          aria-label={t("act.backTo", { place: t("nav.inbox") })}
          onClick={back}
        />
      )}
      <ChannelIcon channel={conversation.channel} />
      <div className="thread-who">
        <Heading>
          {nameOf(conversation)} <LanguageTag code={conversation.language} />
        </Heading>
        <p>
          {conversation.waiting_since && <WaitTag since={conversation.waiting_since} now={now} />}
          <span>{conversation.customer_name || conversation.subject}</span>
        </p>
      </div>
      <div className="thread-acts">
        {mayWrite && <Acts conversation={conversation} />}
        <Tooltip title={t("side.toggle")}>
          <Button
            type="text"
            aria-label={t("side.toggle")}
            aria-expanded={side.open}
            icon={<InfoCircleOutlined />}
            onClick={() => side.setOpen(!side.open)}
          />
        </Tooltip>
      </div>
    </header>
  );
}

function Acts({ conversation }: { conversation: ConversationDetail }) {
  const { t } = useWords();
  const me = useMe();
  const navigate = useNavigate();
  const { act, assign, busy } = useOwning(conversation.id);
  if (conversation.state === "closed") {
    return (
      <Button loading={busy} onClick={() => act.mutate("reopen")}>
        {t("inbox.reopen")}
      </Button>
    );
  }
  const toMine = () => void navigate(`/inbox/mine/${conversation.id}`);
  const mine = conversation.owner === "person" && conversation.owner_user_id === me.id;
  return (
    <>
      {!mine && (
        <Button
          type="primary"
          icon={<UserSwitchOutlined />}
          loading={act.isPending && act.variables === "take-over"}
          disabled={busy}
          onClick={() => act.mutate("take-over", { onSuccess: toMine })}
        >
          {t("inbox.takeOver")}
        </Button>
      )}
      {conversation.owner !== "bot" && (
        <Tooltip title={t("inbox.handBackHint")}>
          <Button
            className="act-labelled"
            aria-label={t("inbox.handBack")}
            icon={<RollbackOutlined />}
            disabled={busy}
            onClick={() => act.mutate("hand-back")}
          >
            <span>{t("inbox.handBack")}</span>
          </Button>
        </Tooltip>
      )}
      <AssignMenu
        disabled={busy}
        ownerId={conversation.owner_user_id}
        queued={conversation.owner === "queue"}
        onAssign={(to) =>
          assign.mutate({ to, before: conversation.owner_user_id })
        }
      />
      <Button
        className="act-labelled"
        aria-label={t("inbox.close")}
        icon={<CheckOutlined />}
        disabled={busy}
        onClick={() => act.mutate("close")}
      >
        <span>{t("inbox.close")}</span>
      </Button>
    </>
  );
}
