import { useQuery } from "@tanstack/react-query";
import { Button, Drawer } from "antd";
import { Link } from "react-router";
import { delivery, replay } from "../api/outbound";
import type { Delivery, DeliveryFile, Try } from "../api/outbound";
import { useWords } from "../i18n/LanguageProvider";
import { ErrorState } from "../ui/ErrorState";
import { Facts, Section } from "../ui/Facts";
import { LinesSkeleton } from "../ui/Skeletons";
import { WhenText } from "../ui/WhenText";
import { useCommand } from "../ui/useCommand";
import { useNarrow } from "../ui/useNarrow";
import { AnswerText, DeliveryState, StateTag } from "./bits";

/** A delivery: what was sent, every try, what was answered; and once more, on wish. */
export function DeliveryDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useWords();
  const narrow = useNarrow(700);
  const one = useQuery({
    queryKey: ["webhooks", "delivery", id],
    queryFn: () => delivery(id),
    refetchInterval: ({ state }) => (state.data?.state === "waiting" ? 2000 : false),
  });
  const again = useCommand<void, Delivery>({
    run: (_, { key }) => replay(id, key),
    refresh: [["webhooks"]],
    done: () => t("webhooks.replayQueued"),
  });
  const shown = one.data;
  return (
    <Drawer
      open
      size={narrow ? "100%" : 620}
      title={shown ? shown.type : t("webhooks.delivery")}
      onClose={onClose}
      extra={
        <Button
          onClick={() => again.submit()}
          loading={again.busy}
          disabled={!shown || shown.state === "waiting"}
        >
          {t("webhooks.replay")}
        </Button>
      }
    >
      {one.isPending && <LinesSkeleton lines={4} />}
      {one.isError && <ErrorState error={one.error} retry={() => one.refetch()} />}
      {shown && <Shown one={shown} />}
    </Drawer>
  );
}

function Shown({ one }: { one: DeliveryFile }) {
  const { t } = useWords();
  return (
    <div className="delivery">
      <Facts
        facts={[
          { label: t("webhooks.state"), value: <DeliveryState state={one.state} /> },
          { label: t("webhooks.object"), value: one.object === "ticket" ? <Link to={`/tickets/${one.key}`}>{one.key}</Link> : one.key },
          { label: t("webhooks.sequence"), value: one.sequence || "" },
          { label: t("webhooks.nextTry"), value: one.next_at && <WhenText at={one.next_at} relative /> },
          { label: "webhook-id", value: <code className="figures">{one.webhook_id}</code> },
          { label: t("webhooks.replayed"), value: one.replay ? t("webhooks.replayNumber", { count: one.replay }) : "" },
        ]}
      />
      <Section title={t("webhooks.tries")}>
        {one.attempt_log.length === 0 && <p className="quiet">{t("webhooks.noTry")}</p>}
        <ol className="tries">
          {one.attempt_log.map((found) => (
            <TryLine key={found.attempt} found={found} />
          ))}
        </ol>
      </Section>
      <Section title={t("webhooks.payload")}>
        <pre className="payload" tabIndex={0}>
          {JSON.stringify(one.payload, null, 2)}
        </pre>
      </Section>
    </div>
  );
}

function TryLine({ found }: { found: Try }) {
  const { t } = useWords();
  const unknown = found.status === null && !found.error;
  return (
    <li>
      <div className="try-head">
        <strong className="figures">{found.attempt}</strong>
        {unknown ? <StateTag>{t("webhooks.unknownEnd")}</StateTag> : <AnswerText status={found.status} error={found.error} />}
        {found.duration_ms !== null && <span className="quiet figures">{found.duration_ms} ms</span>}
        <WhenText at={found.begun_at} />
      </div>
      {found.detail && <p className="quiet">{found.detail}</p>}
      {found.answer && (
        <pre className="payload" tabIndex={0}>
          {found.answer}
        </pre>
      )}
    </li>
  );
}
