import { PlusOutlined, SearchOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Checkbox, Input, Segmented } from "antd";
import { useState } from "react";
import { useNavigate } from "react-router";
import { useMay } from "../app/session";
import { allLocations } from "../api/stock";
import { useWords } from "../i18n/LanguageProvider";
import { EmptyState } from "../ui/EmptyState";
import { ErrorState } from "../ui/ErrorState";
import { PageHead } from "../ui/PageHead";
import { PageSkeleton } from "../ui/Skeletons";
import { useDebounced } from "../ui/useDebounced";
import { LocationDialog } from "./LocationDialog";
import { LocationTable } from "./LocationTable";
import { StockTabs } from "./StockTabs";
import { LEVELS, locationPath } from "./terms";

/** Every place that holds parts: centre, regions, depots, vans. */
export default function LocationsPage() {
  const { t } = useWords();
  const navigate = useNavigate();
  const mayWrite = useMay("stock:write");
  const [text, setText] = useState("");
  const [level, setLevel] = useState("");
  const [inactive, setInactive] = useState(false);
  const [adding, setAdding] = useState(false);
  const q = useDebounced(text.trim());
  const places = useQuery({
    queryKey: ["stock", "locations", { q, level, inactive }],
    queryFn: ({ signal }) => allLocations({ q, level, inactive }, signal),
  });
  return (
    <div className="page">
      <PageHead title={t("stock.locations")} sub={places.data && t("location.count", { count: places.data.length })}>
        {mayWrite && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
            {t("location.add")}
          </Button>
        )}
      </PageHead>
      <StockTabs />
      <div className="filters">
        <Input
          allowClear
          className="filter-search"
          prefix={<SearchOutlined />}
          value={text}
          aria-label={t("location.search")}
          placeholder={t("location.search")}
          onChange={(event) => setText(event.target.value)}
        />
        <Segmented
          aria-label={t("location.level")}
          value={level}
          onChange={setLevel}
          options={[
            { value: "", label: t("list.all") },
            ...LEVELS.map((one) => ({ value: one as string, label: t.label("stockLevel", one) })),
          ]}
        />
        <Checkbox className="filter-check" checked={inactive} onChange={(event) => setInactive(event.target.checked)}>
          {t("location.showClosed")}
        </Checkbox>
      </div>
      {places.isPending && <PageSkeleton />}
      {places.isError && <ErrorState error={places.error} retry={() => places.refetch()} />}
      {places.data?.length === 0 && (
        <EmptyState
          title={q || level ? t("state.noMatch") : t("location.empty")}
          hint={q || level ? t("state.noMatchHint") : t("location.emptyHint")}
        />
      )}
      {places.data && places.data.length > 0 && <LocationTable locations={places.data} />}
      {adding && (
        <LocationDialog
          onDone={(code) => void navigate(locationPath(code))}
          onClose={() => setAdding(false)}
        />
      )}
    </div>
  );
}
