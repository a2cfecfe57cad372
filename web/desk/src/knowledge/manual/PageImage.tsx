import { useEffect, useState } from "react";
import { pageImage } from "../../api/knowledgeArticles";
import type { FigureView } from "../../api/knowledgeTypes";
import { useWords } from "../../i18n/LanguageProvider";
import { placeOf } from "./pages";

interface Props {
  id: string;
  page: number;
  pages: number;
  zoomed: boolean;
  boxes: FigureView[];
  /** The figure that is pointed at beside the picture. */
  lit: FigureView | null;
}

/** The picture of a page, with the figures that were found on it. */
export function PageImage({ id, page, pages, zoomed, boxes, lit }: Props) {
  const { t } = useWords();
  const [failed, setFailed] = useState<number>();
  const [loaded, setLoaded] = useState<number>();
  useEffect(() => {
    // The next page is fetched while this one is read.
    if (loaded === page && page < pages) new Image().src = pageImage(id, page + 1);
  }, [loaded, id, page, pages]);
  if (failed === page) return <p className="quiet manual-missing">{t("manual.noImage")}</p>;
  return (
    <div className="manual-scroll" tabIndex={0} aria-label={t("manual.page", { page })}>
      <div className={zoomed ? "manual-sheet manual-zoomed" : "manual-sheet"} aria-busy={loaded !== page}>
        <img
          key={page}
          src={pageImage(id, page)}
          alt={t("manual.page", { page })}
          onLoad={() => setLoaded(page)}
          onError={() => setFailed(page)}
        />
        {loaded === page &&
          boxes.map(
            (one) =>
              one.box && (
                <span
                  key={one.name}
                  className={one.name === lit?.name ? "figure-box figure-box-lit" : "figure-box"}
                  style={placeOf(one.box)}
                  title={one.caption || one.name}
                />
              ),
          )}
      </div>
    </div>
  );
}
