import type { Balance } from "../api/stockTypes";
import type { Language, Translator } from "../i18n/catalogue";
import type { Formats } from "../i18n/format";
import type { ServerColumn } from "../ui/listShape";
import { FreeText, PartLink, Place } from "./bits";
import { partName } from "./terms";

interface Words {
  t: Translator;
  f: Formats;
  language: Language;
}

/** The columns of a list of balances; the page of a part or place leaves its own one out. */
export function balanceColumns({ t, f, language }: Words): ServerColumn<Balance>[] {
  return [
    { key: "part", title: t("stock.part"), width: 150, render: (one) => <PartLink part={one.part} /> },
    {
      key: "name",
      title: t("stock.name"),
      width: 220,
      render: (one) => partName(one.part_names ?? {}, language),
    },
    {
      key: "location",
      title: t("stock.location"),
      width: 170,
      render: (one) => (
        <>
          <Place place={one.location} /> <small className="quiet">{t.label("stockLevel", one.level)}</small>
        </>
      ),
    },
    {
      key: "lot",
      title: t("stock.lot"),
      width: 150,
      render: (one) => (
        <>
          {one.lot}
          {one.expires_on && <small className="quiet"> {t("scan.expires", { date: f.date(one.expires_on) })}</small>}
        </>
      ),
    },
    {
      key: "condition",
      title: t("stock.condition"),
      width: 90,
      render: (one) => t.label("condition", one.condition),
    },
    {
      key: "on_hand",
      title: t("stock.onHand"),
      width: 80,
      align: "end",
      render: (one) => <span className="figures">{f.number(one.on_hand)}</span>,
    },
    {
      key: "reserved",
      title: t("stock.reserved"),
      width: 80,
      align: "end",
      render: (one) => <span className="figures">{f.number(one.reserved)}</span>,
    },
    { key: "free", title: t("stock.free"), width: 110, align: "end", render: (one) => <FreeText balance={one} /> },
    {
      key: "levels",
      title: t("stock.minMax"),
      width: 100,
      align: "end",
      render: (one) =>
        one.minimum === null && one.maximum === null ? (
          ""
        ) : (
          <span className="figures">{`${one.minimum ?? "–"} / ${one.maximum ?? "–"}`}</span>
        ),
    },
    { key: "bin", title: t("stock.bin"), width: 90, render: (one) => one.bin },
  ];
}
