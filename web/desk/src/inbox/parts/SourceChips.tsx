import { BookOutlined } from "@ant-design/icons";
import { Popover } from "antd";
import { Link } from "react-router";
import { useMay } from "../../app/session";
import type { Source } from "../../api/types";
import { useWords } from "../../i18n/LanguageProvider";
import { Markdown } from "../../ui/Markdown";

/** What an answer rests on; the passage on hover or focus, the article on click. */
export function SourceChips({ sources }: { sources: Source[] }) {
  const { t } = useWords();
  return (
    <ul className="sources" aria-label={t("part.sources")}>
      {sources.map((source, index) => (
        <li key={index}>
          <SourceChip source={source} />
        </li>
      ))}
    </ul>
  );
}

function SourceChip({ source }: { source: Source }) {
  const { t } = useWords();
  const mayRead = useMay("knowledge:read");
  const place = [source.section, typeof source.page === "number" && t("part.page", { page: source.page })]
    .filter(Boolean)
    .join(" · ");
  const content = (
    <div className="source-excerpt" lang={source.lang || undefined}>
      {place && <small>{place}</small>}
      <Markdown text={source.excerpt} />
    </div>
  );
  const label = (
    <>
      <BookOutlined aria-hidden /> {source.title || source.document}
    </>
  );
  const to = `/knowledge/articles/${encodeURIComponent(source.document)}?lang=${source.lang}`;
  return (
    <Popover title={source.title} content={content} trigger={["hover", "focus"]}>
      {mayRead ? <Link to={to}>{label}</Link> : <span tabIndex={0}>{label}</span>}
    </Popover>
  );
}
