import { Button, Radio, Space } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { resolveConflict } from "../api/outbound";
import type { Side, SyncConflict } from "../api/outbound";
import { useWords } from "../i18n/LanguageProvider";
import { useCommand } from "../ui/useCommand";
import { StateTag } from "./bits";

/** Where a record of ours is read whole; some kinds have no page by their id. */
const pathOf = (one: SyncConflict): string =>
  one.object === "customers" ? `/customers/${one.our_id}` : "";

/** Both sides beside each other; one of them is taken for each field. */
export function ConflictCard({ conflict: one }: { conflict: SyncConflict }) {
  const { t, f } = useWords();
  const [take, setTake] = useState<Record<string, Side>>({});
  const fields = Object.entries(one.fields);
  const all = (side: Side) => setTake(Object.fromEntries(fields.map(([name]) => [name, side])));
  const resolve = useCommand<void, SyncConflict>({
    version: one.version,
    run: (_, { key, version }) =>
      resolveConflict(one.connector_id, one.id, take, { key, version }),
    refresh: [["connectors"]],
    done: () =>
      Object.values(take).includes("ours") ? t("connectors.resolvedOurs") : t("connectors.resolved"),
  });
  const open = one.state === "open";
  const path = pathOf(one);
  return (
    <article className="conflict" aria-label={one.title}>
      <header>
        <StateTag>{t.label("syncObject", one.object)}</StateTag>
        <strong>{path ? <Link to={path}>{one.title}</Link> : one.title}</strong>
        <small className="quiet figures">{one.their_id}</small>
        <small className="quiet">{f.ago(one.updated_at)}</small>
      </header>
      <div className="table-scroll">
        <table className="plain-table">
          <thead>
            <tr>
              <th>{t("connectors.field")}</th>
              <th>{t("connectors.base")}</th>
              <th>{t("connectors.ours")}</th>
              <th>{t("connectors.theirs")}</th>
            </tr>
          </thead>
          <tbody>
            {fields.map(([name, { base, ours, theirs }]) => (
              <tr key={name}>
                <th scope="row">{t.label("syncField", name)}</th>
                <td className="quiet">{said(base)}</td>
                {(["ours", "theirs"] as const).map((side) => (
                  <td key={side} className={chosen(one, take, name) === side ? "taken" : undefined}>
                    <Radio
                      checked={chosen(one, take, name) === side}
                      disabled={!open}
                      onChange={() => setTake({ ...take, [name]: side })}
                    >
                      {said(side === "ours" ? ours : theirs)}
                    </Radio>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {open ? (
        <Space wrap className="conflict-acts">
          <Button onClick={() => all("ours")}>{t("connectors.takeOurs")}</Button>
          <Button onClick={() => all("theirs")}>{t("connectors.takeTheirs")}</Button>
          <Button
            type="primary"
            disabled={Object.keys(take).length < fields.length}
            loading={resolve.busy}
            onClick={() => resolve.submit()}
          >
            {t("connectors.decide")}
          </Button>
        </Space>
      ) : (
        <small className="quiet">
          {one.resolved_by === "settled by itself"
            ? t("connectors.settledItself")
            : t("connectors.resolvedBy", { name: one.resolved_by })}
        </small>
      )}
    </article>
  );
}

const chosen = (one: SyncConflict, take: Record<string, Side>, name: string): string =>
  one.state === "open" ? (take[name] ?? "") : (one.choice[name] ?? "");

const said = (value: unknown): string =>
  value === null || value === "" ? "–" : Array.isArray(value) ? value.join(", ") : String(value);
