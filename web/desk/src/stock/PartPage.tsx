import { EditOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Tabs } from "antd";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { useMay } from "../app/session";
import { stockPart } from "../api/stock";
import type { StockPartFile } from "../api/stockTypes";
import { useWords } from "../i18n/LanguageProvider";
import { DetailPage } from "../ui/DetailPage";
import { ErrorState } from "../ui/ErrorState";
import { Facts } from "../ui/Facts";
import { MoneyText } from "../ui/MoneyText";
import { PageSkeleton } from "../ui/Skeletons";
import { PartDialog } from "./PartDialog";
import { PartLedger } from "./PartLedger";
import { PartRelated } from "./PartRelated";
import { PartWhere } from "./PartWhere";
import { StockActMenu } from "./acts/StockActMenu";
import { partName } from "./terms";
import "../styles/stock.css";

/** All about one part: where it lies, what moved, who keeps it, what may stand in for it. */
export default function PartPage() {
  const { part = "" } = useParams();
  const file = useQuery({ queryKey: ["stock", "part", part], queryFn: () => stockPart(part) });
  if (file.isPending) return <PageSkeleton />;
  if (!file.data) return <ErrorState error={file.error} retry={() => file.refetch()} />;
  return <Shown file={file.data} />;
}

function Shown({ file }: { file: StockPartFile }) {
  const { t, language } = useWords();
  const mayWrite = useMay("stock:write");
  const [editing, setEditing] = useState(false);
  const { part } = file;
  return (
    <DetailPage
      back={{ to: "/stock/parts", label: t("stock.parts") }}
      title={partName(part.names, language) || part.part}
      sub={
        <>
          <span className="figures">{part.part}</span>
          {part.wear && <span className="tag">{t("part.wear")}</span>}
          <span>{t("part.freeOf", { free: part.free, count: part.on_hand })}</span>
        </>
      }
      acts={
        <>
          <StockActMenu start={{ part: part.part }} first={["request", "transfer"]} />
          {mayWrite && (
            <Button
              icon={<EditOutlined />}
              aria-label={t("act.edit", { name: part.part })}
              onClick={() => setEditing(true)}
            />
          )}
        </>
      }
      facts={<PartFacts file={file} />}
      label={t("stock.whereItLies")}
      related={<PartRelated file={file} />}
    >
      <Tabs
        items={[
          { key: "where", label: t("stock.whereItLies"), children: <PartWhere file={file} /> },
          { key: "ledger", label: t("stock.moves"), children: <PartLedger file={file} /> },
        ]}
      />
      {editing && <PartDialog part={part} onClose={() => setEditing(false)} />}
    </DetailPage>
  );
}

function PartFacts({ file }: { file: StockPartFile }) {
  const { t, f } = useWords();
  const { part } = file;
  return (
    <Facts
      facts={[
        { label: t("stock.onHand"), value: f.number(part.on_hand) },
        { label: t("stock.reserved"), value: f.number(part.reserved) },
        { label: t("stock.free"), value: f.number(part.free) },
        { label: t("stock.defective"), value: part.defective || "" },
        { label: t("stock.inTransit"), value: part.in_transit || "" },
        { label: t("part.unit"), value: t.label("unit", part.unit) },
        { label: t("part.tracking"), value: t.label("tracking", part.tracking) },
        { label: t("part.gtin"), value: part.gtin },
        { label: t("part.lead"), value: part.lead_days !== null && t("part.days", { count: part.lead_days }) },
        { label: t("part.price"), value: part.price && <MoneyText money={part.price} /> },
        {
          label: t("part.average"),
          value: file.average_cost && (
            <MoneyText
              money={{ amount: String(file.average_cost.amount), currency: file.average_cost.currency }}
            />
          ),
        },
        {
          label: t("stock.value"),
          value: file.value && (
            <>
              <MoneyText money={file.value} />{" "}
              <small className="quiet">{t.label("valueBasis", file.value_basis)}</small>
            </>
          ),
        },
        {
          label: t("part.models"),
          value: file.models.map((model, index) => (
            <span key={model}>
              {index > 0 && ", "}
              <Link to={`/devices?model=${encodeURIComponent(model)}`}>{model}</Link>
            </span>
          )),
          wide: true,
        },
      ]}
    />
  );
}
