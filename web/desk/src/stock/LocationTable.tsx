import { Table } from "antd";
import { Link } from "react-router";
import type { StockLocation } from "../api/stockTypes";
import { useWords } from "../i18n/LanguageProvider";
import { useNarrow } from "../ui/useNarrow";
import { Amounts } from "./bits";
import { locationTree } from "./locationTree";
import type { LocationNode } from "./locationTree";
import { locationPath } from "./terms";

interface Row extends StockLocation {
  children?: Row[];
}

const rowOf = ({ location, children }: LocationNode): Row => ({
  ...location,
  ...(children.length ? { children: children.map(rowOf) } : {}),
});

/** Centre, regions, depots and vans as a tree, with what lies there and what is short. */
export function LocationTable({ locations }: { locations: StockLocation[] }) {
  const { t, f } = useWords();
  const narrow = useNarrow(760);
  const roots = locationTree(locations);
  if (narrow) return <Branch nodes={roots} />;
  return (
    <Table<Row>
      className="table"
      size="middle"
      rowKey="code"
      pagination={false}
      dataSource={roots.map(rowOf)}
      expandable={{ defaultExpandAllRows: true, indentSize: 20 }}
      columns={[
        {
          title: t("location.code"),
          render: (_, one) => (
            <>
              <Link to={locationPath(one.code)}>{one.code}</Link>
              {one.name && <span className="quiet stock-place-name">{one.name}</span>}
              {!one.active && <span className="tag">{t("location.closed")}</span>}
            </>
          ),
        },
        { title: t("location.level"), width: 110, render: (_, one) => t.label("stockLevel", one.level) },
        { title: t("location.engineer"), width: 140, dataIndex: "engineer" },
        { title: t("location.kinds"), width: 90, align: "end", render: (_, one) => f.number(one.parts ?? 0) },
        { title: t("location.pieces"), width: 100, align: "end", render: (_, one) => f.number(one.pieces ?? 0) },
        {
          title: t("stock.belowMinimum"),
          width: 130,
          align: "end",
          render: (_, one) => <Short location={one} />,
        },
        { title: t("stock.value"), width: 200, align: "end", render: (_, one) => <Amounts amounts={one.value} /> },
      ]}
    />
  );
}

function Short({ location }: { location: StockLocation }) {
  const { f } = useWords();
  if (!location.below_minimum) return <span className="quiet">0</span>;
  const query = new URLSearchParams({ location: location.code, below_minimum: "true" });
  return (
    <Link to={`/stock/balances?${query}`} className="stock-short figures">
      {f.number(location.below_minimum)}
    </Link>
  );
}

function Branch({ nodes }: { nodes: LocationNode[] }) {
  const { t, f } = useWords();
  return (
    <ul className="stock-tree">
      {nodes.map(({ location, children }) => (
        <li key={location.code}>
          <div className="stock-tree-line">
            <Link to={locationPath(location.code)}>{location.code}</Link>
            <span className="quiet">{t.label("stockLevel", location.level)}</span>
            <span className="quiet">{t("location.piecesCount", { count: f.number(location.pieces ?? 0) })}</span>
            {!!location.below_minimum && (
              <span className="stock-short">
                {t("location.shortCount", { count: location.below_minimum })}
              </span>
            )}
          </div>
          {children.length > 0 && <Branch nodes={children} />}
        </li>
      ))}
    </ul>
  );
}
