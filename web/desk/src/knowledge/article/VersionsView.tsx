import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useSearchParams } from "react-router";
import { diff } from "../../api/knowledgeArticles";
import type { Article, VersionLine } from "../../api/knowledgeTypes";
import { useWords } from "../../i18n/LanguageProvider";
import { EmptyState } from "../../ui/EmptyState";
import { ErrorState } from "../../ui/ErrorState";
import { LinesSkeleton } from "../../ui/Skeletons";
import { DiffView } from "./DiffView";
import { chosenPair, newestFirst } from "./versions";
import "../../styles/knowledge-versions.css";

/** All versions of the article, and what changed between any two. */
export default function VersionsView({ article }: { article: Article }) {
  const { t } = useWords();
  const [params, setParams] = useSearchParams();
  const versions = newestFirst(article.versions);
  const pair = chosenPair(article, params.get("from"), params.get("to"));
  const choose = (from: number, to: number) =>
    setParams({ from: String(from), to: String(to) }, { replace: true });
  if (versions.length === 0) return <EmptyState title={t("version.none")} />;
  return (
    <div className="versions">
      <ol className="version-list" aria-label={t("article.versions")}>
        {versions.map((one) => (
          <li key={one.number}>
            <VersionButton
              version={one}
              chosen={pair?.to === one.number}
              onPick={() => choose(before(versions, one.number), one.number)}
            />
          </li>
        ))}
      </ol>
      <section className="version-diff" aria-label={t("version.difference")}>
        {pair ? (
          <>
            <PairPicker versions={versions} pair={pair} choose={choose} />
            <Difference id={article.id} from={pair.from} to={pair.to} />
          </>
        ) : (
          <EmptyState title={t("version.onlyOne")} hint={t("version.onlyOneHint")} />
        )}
      </section>
    </div>
  );
}

/** The version that came before one; the next after it when it was the first. */
function before(versions: VersionLine[], number: number): number {
  const at = versions.findIndex((one) => one.number === number);
  return (versions[at + 1] ?? versions[at - 1])?.number ?? number;
}

function VersionButton(props: { version: VersionLine; chosen: boolean; onPick: () => void }) {
  const { t, f } = useWords();
  const { version } = props;
  return (
    <button type="button" className="version" aria-pressed={props.chosen} onClick={props.onPick}>
      <span className="version-head">
        <strong>{t("version.number", { number: version.number })}</strong>
        <span className="tag" data-article-state={version.state}>
          {t.label("versionState", version.state)}
        </span>
      </span>
      <span className="quiet">
        {[version.by, f.dateTime(version.at), t.label("origin", version.origin)]
          .filter(Boolean)
          .join(" · ")}
      </span>
      {version.approved_by && (
        <span className="quiet">{t("version.approvedBy", { name: version.approved_by })}</span>
      )}
      {version.published_at && (
        <span className="quiet">
          {t("version.publishedAt", { time: f.dateTime(version.published_at) })}
        </span>
      )}
      {version.note && <span>{version.note}</span>}
    </button>
  );
}

function PairPicker(props: {
  versions: VersionLine[];
  pair: { from: number; to: number };
  choose: (from: number, to: number) => void;
}) {
  const { t } = useWords();
  const { pair, choose } = props;
  const options = props.versions.map(({ number, state }) => ({
    value: number,
    label: `${t("version.number", { number })} · ${t.label("versionState", state)}`,
  }));
  return (
    <div className="version-pair">
      <Select<number>
        value={pair.from}
        aria-label={t("version.from")}
        options={options}
        onChange={(from) => choose(from, pair.to)}
      />
      <span aria-hidden>→</span>
      <Select<number>
        value={pair.to}
        aria-label={t("version.to")}
        options={options}
        onChange={(to) => choose(pair.from, to)}
      />
    </div>
  );
}

function Difference({ id, from, to }: { id: string; from: number; to: number }) {
  const found = useQuery({
    queryKey: ["knowledge", "diff", id, from, to],
    queryFn: () => diff(id, from, to),
  });
  if (found.isPending) return <LinesSkeleton lines={4} />;
  if (!found.data) return <ErrorState error={found.error} retry={() => found.refetch()} />;
  return <DiffView diff={found.data} />;
}
