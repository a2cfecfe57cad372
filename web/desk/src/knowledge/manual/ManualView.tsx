import { EditOutlined, LeftOutlined, RightOutlined, ZoomInOutlined, ZoomOutOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, InputNumber } from "antd";
import { useEffect, useState } from "react";
import { Link, useSearchParams } from "react-router";
import { passages } from "../../api/knowledgeArticles";
import type { Article, FigureView } from "../../api/knowledgeTypes";
import { useMay } from "../../app/session";
import { useWords } from "../../i18n/LanguageProvider";
import { EmptyState } from "../../ui/EmptyState";
import { ErrorState } from "../../ui/ErrorState";
import { LinesSkeleton } from "../../ui/Skeletons";
import { figureAddresses } from "../article/ReadingView";
import { PassageCard } from "../passages/PassageCard";
import { articlePath } from "../terms";
import { PageImage } from "./PageImage";
import { pageWithin, usePageKeys } from "./pages";
import "../../styles/knowledge-manual.css";

/** A manual page by page: its picture on one side, what was read from it on the other. */
export default function ManualView({ article }: { article: Article }) {
  const { t } = useWords();
  const [params, setParams] = useSearchParams();
  const [zoomed, setZoomed] = useState(false);
  const [figure, setFigure] = useState<FigureView | null>(null);
  const page = pageWithin(Number(params.get("page")) || 1, article.pages);
  const go = (to: number) =>
    setParams({ page: String(pageWithin(to, article.pages)) }, { replace: true });
  usePageKeys(page, article.pages, go);
  useEffect(() => setFigure(null), [page]);
  const found = useQuery({
    queryKey: ["knowledge", "passages", article.id, page],
    queryFn: () => passages(article.id, page),
  });
  const items = found.data?.items ?? [];
  const figures = figureAddresses(items);
  const boxes = items.flatMap((one) => one.figures).filter((one) => one.page === page);
  return (
    <div className="manual">
      <section className="manual-page" aria-label={t("manual.page", { page })}>
        <PageBar article={article} page={page} go={go} zoomed={zoomed} setZoomed={setZoomed} />
        <PageImage id={article.id} page={page} pages={article.pages} zoomed={zoomed} boxes={boxes} lit={figure} />
      </section>
      <section className="manual-passages" aria-label={t("manual.passages", { page })}>
        {found.isPending && <LinesSkeleton lines={4} />}
        {found.isError && <ErrorState error={found.error} retry={() => found.refetch()} />}
        {found.data && items.length === 0 && (
          <EmptyState title={t("manual.none")} hint={t("manual.noneHint")} />
        )}
        <ol className="compiled-list">
          {items.map((one) => (
            <PassageCard
              key={one.ordinal}
              passage={one}
              lang={article.lang}
              figures={figures}
              onFigure={setFigure}
            />
          ))}
        </ol>
      </section>
    </div>
  );
}

function PageBar(props: {
  article: Article;
  page: number;
  go: (page: number) => void;
  zoomed: boolean;
  setZoomed: (zoomed: boolean) => void;
}) {
  const { t } = useWords();
  const { article, page, go, zoomed } = props;
  const mayWrite = useMay("knowledge:write");
  const zoom = zoomed ? t("manual.fit") : t("manual.zoom");
  return (
    <div className="manual-bar">
      <Button
        icon={<LeftOutlined />}
        disabled={page <= 1}
        aria-label={t("manual.before")}
        title={t("manual.keys")}
        onClick={() => go(page - 1)}
      />
      <InputNumber<number>
        key={page}
        className="manual-number"
        min={1}
        max={article.pages}
        precision={0}
        controls={false}
        defaultValue={page}
        aria-label={t("manual.jump")}
        onPressEnter={(event) => go(Number(event.currentTarget.value) || page)}
        onBlur={(event) => go(Number(event.currentTarget.value) || page)}
      />
      <span className="quiet nowrap">{t("manual.of", { pages: article.pages })}</span>
      <Button
        icon={<RightOutlined />}
        disabled={page >= article.pages}
        aria-label={t("manual.next")}
        title={t("manual.keys")}
        onClick={() => go(page + 1)}
      />
      <Button
        type="text"
        icon={zoomed ? <ZoomOutOutlined /> : <ZoomInOutlined />}
        aria-label={zoom}
        title={zoom}
        aria-pressed={zoomed}
        onClick={() => props.setZoomed(!zoomed)}
      />
      {mayWrite && (
        <Link className="manual-mend" to={`${articlePath(article.id, "edit")}?page=${page}`}>
          <Button icon={<EditOutlined />} title={t("manual.mendHint")}>
            {t("manual.mend")}
          </Button>
        </Link>
      )}
    </div>
  );
}
