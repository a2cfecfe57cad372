import { useMemo } from "react";
import { useNavigate } from "react-router";
import { stockParts } from "../api/stock";
import type { StockPart } from "../api/stockTypes";
import { useWords } from "../i18n/LanguageProvider";
import { ListPage } from "../ui/ListPage";
import { MoneyText } from "../ui/MoneyText";
import type { ServerColumn } from "../ui/listShape";
import { ScanBox } from "./ScanBox";
import { StockTabs } from "./StockTabs";
import { StockActMenu } from "./acts/StockActMenu";
import { PartLink } from "./bits";
import { locationPath, partName, partPath } from "./terms";

/** Every part, with how many are owned, all locations together. */
export default function PartsPage() {
  const { t, f, language } = useWords();
  const navigate = useNavigate();
  const columns = useMemo<ServerColumn<StockPart>[]>(() => {
    const number = (key: string, title: string, of: (one: StockPart) => number): ServerColumn<StockPart> => ({
      key,
      title,
      width: 90,
      align: "end",
      render: (one) => <span className="figures">{f.number(of(one))}</span>,
    });
    return [
      { key: "part", title: t("stock.part"), width: 150, render: (one) => <PartLink part={one.part} /> },
      { key: "name", title: t("stock.name"), width: 260, render: (one) => partName(one.names, language) },
      number("on_hand", t("stock.onHand"), (one) => one.on_hand),
      number("reserved", t("stock.reserved"), (one) => one.reserved),
      number("free", t("stock.free"), (one) => one.free),
      number("defective", t("stock.defective"), (one) => one.defective),
      number("in_transit", t("stock.inTransit"), (one) => one.in_transit),
      {
        key: "tracking",
        title: t("part.tracking"),
        width: 110,
        render: (one) => t.label("tracking", one.tracking),
      },
      { key: "lead", title: t("part.lead"), width: 100, align: "end", render: (one) => one.lead_days ?? "" },
      { key: "price", title: t("part.price"), width: 130, align: "end", render: (one) => <MoneyText money={one.price} /> },
      { key: "gtin", title: t("part.gtin"), width: 140, hidden: true, render: (one) => one.gtin },
    ];
  }, [t, f, language]);
  return (
    <ListPage<StockPart>
      subject="stock-parts"
      title={t("stock.parts")}
      above={
        <>
          <StockTabs />
          <ScanBox
            onScan={({ part, location }) => {
              if (part) void navigate(partPath(part));
              else if (location) void navigate(locationPath(location));
            }}
          />
        </>
      }
      acts={<StockActMenu />}
      columns={columns}
      fetch={stockParts}
      rowKey={(one) => one.part}
      pathOf={(one) => partPath(one.part)}
      search={t("stock.searchParts")}
      exportKind="parts"
      empty={{ title: t("part.empty"), hint: t("part.emptyHint") }}
      card={(one) => (
        <>
          <strong className="figures">{one.part}</strong>
          <span>{partName(one.names, language)}</span>
          <span className="row-card-facts">
            <span>{t("part.freeOf", { free: one.free, count: one.on_hand })}</span>
            <MoneyText money={one.price} />
          </span>
        </>
      )}
    />
  );
}
