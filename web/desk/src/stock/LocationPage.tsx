import { EditOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { Link, useNavigate, useParams } from "react-router";
import { useMay } from "../app/session";
import { allLocations, stockLocation } from "../api/stock";
import type { StockLocation } from "../api/stockTypes";
import { useWords } from "../i18n/LanguageProvider";
import { DetailPage } from "../ui/DetailPage";
import { ErrorState } from "../ui/ErrorState";
import { Facts, Section } from "../ui/Facts";
import { PageSkeleton } from "../ui/Skeletons";
import { BalanceTable } from "./BalanceTable";
import { LocationDialog } from "./LocationDialog";
import { OpenDocuments } from "./OpenDocuments";
import { ScanBox } from "./ScanBox";
import { StockActMenu } from "./acts/StockActMenu";
import { Amounts } from "./bits";
import { locationPath } from "./terms";

/** One place: what lies in it, what is on its way to it, what was asked for. */
export default function LocationPage() {
  const { code = "" } = useParams();
  const place = useQuery({ queryKey: ["stock", "location", code], queryFn: () => stockLocation(code) });
  if (place.isPending) return <PageSkeleton />;
  if (!place.data) return <ErrorState error={place.error} retry={() => place.refetch()} />;
  return <Shown key={code} location={place.data} />;
}

function Shown({ location }: { location: StockLocation }) {
  const { t, f } = useWords();
  const navigate = useNavigate();
  const mayWrite = useMay("stock:write");
  const [editing, setEditing] = useState(false);
  const [part, setPart] = useState("");
  return (
    <DetailPage
      back={{ to: "/stock/locations", label: t("stock.locations") }}
      title={location.name || location.code}
      sub={
        <>
          {location.name && <span className="figures">{location.code}</span>}
          <span className="tag">{t.label("stockLevel", location.level)}</span>
          {!location.active && <span className="tag">{t("location.closed")}</span>}
          {location.engineer && <span>{t("location.vanOf", { engineer: location.engineer })}</span>}
        </>
      }
      acts={
        <>
          <StockActMenu start={{ location: location.code }} first={["transfer", "count"]} />
          {mayWrite && (
            <Button
              icon={<EditOutlined />}
              aria-label={t("act.edit", { name: location.code })}
              onClick={() => setEditing(true)}
            />
          )}
        </>
      }
      facts={
        <>
          <Facts
            facts={[
              { label: t("location.level"), value: t.label("stockLevel", location.level) },
              {
                label: t("location.above"),
                value: location.parent && <Link to={locationPath(location.parent)}>{location.parent}</Link>,
              },
              { label: t("location.engineer"), value: location.engineer },
              { label: t("location.kinds"), value: f.number(location.parts ?? 0) },
              { label: t("location.pieces"), value: f.number(location.pieces ?? 0) },
              { label: t("stock.belowMinimum"), value: location.below_minimum || "" },
              { label: t("stock.value"), value: <Amounts amounts={location.value} /> },
            ]}
          />
          <Below code={location.code} />
        </>
      }
      label={t("stock.balances")}
      related={<OpenDocuments location={location.code} />}
    >
      <ScanBox
        onScan={(found) => {
          if (found.part) setPart(found.part);
          else if (found.location) void navigate(locationPath(found.location));
        }}
      />
      <BalanceTable location={location.code} part={part} onPart={setPart} />
      {editing && <LocationDialog location={location} onClose={() => setEditing(false)} />}
    </DetailPage>
  );
}

function Below({ code }: { code: string }) {
  const { t } = useWords();
  const places = useQuery({
    queryKey: ["stock", "locations"],
    queryFn: ({ signal }) => allLocations({}, signal),
  });
  const below = places.data?.filter((one) => one.parent === code) ?? [];
  if (below.length === 0) return null;
  return (
    <Section title={t("location.below", { count: below.length })}>
      <ul className="side-devices">
        {below.map((one) => (
          <li key={one.code}>
            <Link to={locationPath(one.code)}>{one.code}</Link>
            <span className="quiet">{one.name || one.engineer}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
