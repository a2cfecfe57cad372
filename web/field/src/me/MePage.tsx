import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { useMyself } from "../api/engineers";
import { notices } from "../api/notices";
import { visits } from "../api/visits";
import { useMe } from "../app/session";
import { useCommands } from "../commands/outbox";
import { useWords } from "../i18n/LanguageProvider";
import { Icon } from "../ui/Icon";
import type { IconName } from "../ui/Icon";
import { Page } from "../ui/Page";
import { Failed, Loading, Tag } from "../ui/States";
import { metricsOf } from "../visit/metrics";

const DAYS = 30;

/** Who I am, how my last month went, and what else is mine. */
export default function MePage() {
  const { t } = useWords();
  const me = useMe();
  const myself = useMyself();
  const unread = useQuery({ queryKey: ["notices", "unread"], queryFn: () => notices({ unread: true, limit: 1 }) }).data?.unread ?? 0;
  const unsent = useCommands().length;
  return (
    <Page title={me.name} sub={[myself.data?.code, me.tenant.name].filter(Boolean).join(" · ")}>
      {myself.data && <Metrics />}
      <ul className="card rows">
        <Place to="notices" icon="bell" label={t("me.notices")} count={unread} />
        {myself.data && <Place to="absences" icon="today" label={t("me.absences")} />}
        <Place to="outbox" icon="upload" label={t("outbox.title")} count={unsent} />
        <Place to="settings" icon="gear" label={t("me.settings")} />
      </ul>
      {myself.data && (
        <section className="card">
          <h2>{t("me.skills")}</h2>
          <p className="line">
            {myself.data.skills.map((skill) => (
              <Tag key={skill}>{skill.replaceAll("_", " ")}</Tag>
            ))}
          </p>
          <p className="quiet">{t("me.level", { n: myself.data.level })}</p>
        </section>
      )}
    </Page>
  );
}

function Place({ to, icon, label, count = 0 }: { to: string; icon: IconName; label: string; count?: number }) {
  return (
    <li>
      <Link className="row-link" to={`/me/${to}`}>
        <Icon name={icon} />
        <span className="row-main">{label}</span>
        {count > 0 && <Tag tone="red">{count}</Tag>}
        <Icon name="next" small />
      </Link>
    </li>
  );
}

/** Figures of one's own ended visits of the last month. */
function Metrics() {
  const { t, f } = useWords();
  const since = new Date(Date.now() - DAYS * 86_400_000);
  since.setHours(0, 0, 0, 0);
  const ended = useQuery({
    queryKey: ["visits", "ended", since.toISOString()],
    queryFn: async () =>
      (await visits({ mine: true, state: ["done"], window_from: since.toISOString(), sort: "newest", limit: 200 })).items,
    staleTime: 300_000,
  });
  if (ended.isError) return <Failed error={ended.error} retry={() => void ended.refetch()} />;
  if (!ended.data) return <Loading lines={1} />;
  const found = metricsOf(ended.data);
  const figures: [string, string][] = [
    [t("metrics.visits"), f.number(found.visits)],
    [t("metrics.firstTime"), found.firstTime === null ? "–" : f.percent(found.firstTime)],
    [t("metrics.solved"), found.solved === null ? "–" : f.percent(found.solved)],
    [t("metrics.onTime"), found.onTime === null ? "–" : f.percent(found.onTime)],
    [t("metrics.onSite"), found.onSite === null ? "–" : f.minutes(found.onSite)],
    [t("metrics.travel"), found.travel === null ? "–" : f.minutes(found.travel)],
  ];
  return (
    <section className="card" aria-labelledby="metrics-title">
      <h2 id="metrics-title">{t("metrics.title", { n: DAYS })}</h2>
      <dl className="figures-grid">
        {figures.map(([label, value]) => (
          <div key={label}>
            <dd className="figures">{value}</dd>
            <dt>{label}</dt>
          </div>
        ))}
      </dl>
    </section>
  );
}
