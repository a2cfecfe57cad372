import { Skeleton } from "antd";
import { useWords } from "../i18n/LanguageProvider";

export function PageSkeleton() {
  const { t } = useWords();
  return (
    <div className="page" aria-busy aria-label={t("state.loading")}>
      <Skeleton active title paragraph={{ rows: 8 }} />
    </div>
  );
}

export function LinesSkeleton({ lines = 6 }: { lines?: number }) {
  const { t } = useWords();
  return (
    <div className="lines-skeleton" aria-busy aria-label={t("state.loading")}>
      {Array.from({ length: lines }, (_, index) => (
        <Skeleton key={index} active avatar title={false} paragraph={{ rows: 2 }} />
      ))}
    </div>
  );
}
