import { Button } from "antd";
import { useWords } from "../i18n/LanguageProvider";

interface Pages {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
}

/** Loads the next page of a list, while there is one. */
export function MoreButton({ pages }: { pages: Pages }) {
  const { t } = useWords();
  if (!pages.hasNextPage) return null;
  return (
    <div className="more">
      <Button loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
        {t("act.more")}
      </Button>
    </div>
  );
}
