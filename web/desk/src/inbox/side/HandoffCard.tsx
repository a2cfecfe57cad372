import type { ConversationDetail } from "../../api/types";
import { useMe } from "../../app/session";
import { useWords } from "../../i18n/LanguageProvider";
import { Facts, Section } from "../../ui/Facts";
import { Markdown } from "../../ui/Markdown";
import { Spark } from "../../ui/Spark";

/** Who answers now, and why and with what summary the bot asked for a person. */
export function HandoffCard({ conversation: c }: { conversation: ConversationDetail }) {
  const { t, f } = useWords();
  const me = useMe();
  const owner =
    c.state === "closed"
      ? t("owner.closed")
      : c.owner === "person"
        ? c.owner_user_id === me.id
          ? t("owner.me")
          : c.owner_name
        : t.label("owner", c.owner);
  return (
    <Section title={t("side.state")}>
      <Facts
        facts={[
          { label: t("side.answeredBy"), value: owner },
          { label: t("side.channel"), value: t.label("channel", c.channel) },
          { label: t("side.began"), value: f.dateTime(c.created_at) },
          c.page_url ? { label: t("side.page"), value: c.page_url, wide: true } : null,
          c.handoff_reason && c.handoff_reason !== "none"
            ? { label: t("side.reason"), value: t.label("handoff", c.handoff_reason) }
            : null,
          c.rating
            ? {
                label: t("side.rating"),
                value: [`${"★".repeat(c.rating)}${"☆".repeat(5 - c.rating)}`, c.rating_comment]
                  .filter(Boolean)
                  .join(" "),
                wide: true,
              }
            : null,
        ]}
      />
      {c.handoff_summary && (
        <div className="ai-box">
          <h3>
            <Spark /> {t("side.summary")}
          </h3>
          <Markdown text={c.handoff_summary} />
        </div>
      )}
    </Section>
  );
}
