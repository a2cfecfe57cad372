import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearchParams } from "react-router";
import { allLocations, stockOverview } from "../api/stock";
import type { Scanned } from "../api/stockTypes";
import { useWords } from "../i18n/LanguageProvider";
import { EmptyState } from "../ui/EmptyState";
import { ErrorState } from "../ui/ErrorState";
import { PageHead } from "../ui/PageHead";
import { PageSkeleton } from "../ui/Skeletons";
import { LocationTable } from "./LocationTable";
import { ProofButton } from "./ProofButton";
import { ScanBox } from "./ScanBox";
import { StockFigures } from "./StockFigures";
import { StockTabs } from "./StockTabs";
import { StockActMenu } from "./acts/StockActMenu";
import { locationPath, partPath } from "./terms";

/** Stock at a glance: what needs attention, and what lies where on the four levels. */
export default function OverviewPage() {
  const { t } = useWords();
  const navigate = useNavigate();
  const [params, setParams] = useSearchParams();
  const figures = useQuery({ queryKey: ["stock", "overview"], queryFn: stockOverview });
  const places = useQuery({
    queryKey: ["stock", "locations"],
    queryFn: ({ signal }) => allLocations({}, signal),
  });
  const follow = ({ part, location }: Scanned) => {
    if (part) void navigate(partPath(part));
    else if (location) void navigate(locationPath(location));
  };
  return (
    <div className="page">
      <PageHead title={t("nav.stock")}>
        <ProofButton />
        <StockActMenu
          first={["receive", "transfer"]}
          opened={params.get("act")}
          onClosed={() => setParams({}, { replace: true })}
        />
      </PageHead>
      <StockTabs />
      <ScanBox onScan={follow} />
      {figures.isError && <ErrorState error={figures.error} retry={() => figures.refetch()} />}
      {figures.data && <StockFigures figures={figures.data} />}
      <h2 className="page-h2">{t("stock.whereItLies")}</h2>
      {places.isPending && <PageSkeleton />}
      {places.isError && <ErrorState error={places.error} retry={() => places.refetch()} />}
      {places.data?.length === 0 && (
        <EmptyState title={t("location.empty")} hint={t("location.emptyHint")} />
      )}
      {places.data && places.data.length > 0 && <LocationTable locations={places.data} />}
    </div>
  );
}
