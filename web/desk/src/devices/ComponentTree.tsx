import { DownOutlined, PlusOutlined, RightOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import { useState } from "react";
import { useMay } from "../app/session";
import type { ComponentNode } from "../api/devices";
import { useWords } from "../i18n/LanguageProvider";
import { Section } from "../ui/Facts";
import { AddComponentDialog } from "./AddComponentDialog";
import { RemoveDialog } from "./RemoveDialog";
import { ReplaceDialog } from "./ReplaceDialog";

/** What a device is made of; what was in a position before is shown struck, with the day it left. */
export function ComponentTree({ serial, nodes }: { serial: string; nodes: ComponentNode[] }) {
  const { t } = useWords();
  const mayWrite = useMay("assets:write");
  const [adding, setAdding] = useState(false);
  return (
    <Section
      title={t("device.components", { count: countOf(nodes) })}
      extra={
        mayWrite && (
          <Button
            type="text"
            size="small"
            icon={<PlusOutlined />}
            aria-label={t("component.add")}
            title={t("component.add")}
            onClick={() => setAdding(true)}
          />
        )
      }
    >
      {nodes.length === 0 && <p className="quiet">{t("state.none")}</p>}
      <Branch serial={serial} nodes={nodes} mayWrite={mayWrite} />
      {adding && <AddComponentDialog serial={serial} onClose={() => setAdding(false)} />}
    </Section>
  );
}

const countOf = (nodes: ComponentNode[]): number =>
  nodes.reduce((sum, { children = [], removed_at }) => sum + (removed_at ? 0 : 1) + countOf(children), 0);

interface BranchProps {
  serial: string;
  nodes: ComponentNode[];
  mayWrite: boolean;
}

function Branch({ serial, nodes, mayWrite }: BranchProps) {
  if (nodes.length === 0) return null;
  return (
    <ul className="components">
      {nodes.map((node) => (
        <ComponentLine key={node.id} serial={serial} node={node} mayWrite={mayWrite} />
      ))}
    </ul>
  );
}

function ComponentLine({ serial, node, mayWrite }: { serial: string; node: ComponentNode; mayWrite: boolean }) {
  const { t, f } = useWords();
  const [open, setOpen] = useState(true);
  const [act, setAct] = useState<"replace" | "remove">();
  const { children = [], earlier = [] } = node;
  const gone = !!node.removed_at;
  const name = node.name || node.part || node.position;
  return (
    <li>
      <div className={gone ? "component component-gone" : "component"}>
        {children.length > 0 ? (
          <Button
            type="text"
            size="small"
            icon={open ? <DownOutlined /> : <RightOutlined />}
            aria-expanded={open}
            aria-label={t("component.inside", { name })}
            onClick={() => setOpen(!open)}
          />
        ) : (
          <span className="component-leaf" aria-hidden />
        )}
        <div className="component-text">
          <strong>{name}</strong>
          <small className="quiet">{node.position}</small>
          <small>
            {[
              node.part !== name && node.part,
              node.quantity > 1 && `× ${node.quantity}`,
              node.serial && t("scan.serial", { serial: node.serial }),
              node.lot && t("scan.lot", { lot: node.lot }),
            ]
              .filter(Boolean)
              .join(" · ")}
          </small>
          <small className="quiet">
            {t("component.since", { date: f.date(node.fitted_on) })}
            {node.warranty_until && ` · ${t("component.warranty", { date: f.date(node.warranty_until) })}`}
          </small>
          {earlier.map((old) => (
            <small key={old.id} className="quiet">
              <del>{[old.part, old.serial || old.lot].filter(Boolean).join(" ")}</del>{" "}
              {f.date(old.removed_on)}
              {old.removed_for && ` · ${old.removed_for}`}
            </small>
          ))}
        </div>
        {mayWrite && !gone && (
          <Dropdown
            trigger={["click"]}
            menu={{
              items: [
                { key: "replace", label: t("component.replace") },
                { key: "remove", label: t("component.remove"), danger: true },
              ],
              onClick: ({ key }) => setAct(key as "replace" | "remove"),
            }}
          >
            <Button size="small" type="text" aria-label={t("component.acts", { name })}>
              ⋯
            </Button>
          </Dropdown>
        )}
      </div>
      {open && <Branch serial={serial} nodes={children} mayWrite={mayWrite} />}
      {act === "replace" && <ReplaceDialog serial={serial} component={node} onClose={() => setAct(undefined)} />}
      {act === "remove" && <RemoveDialog serial={serial} component={node} onClose={() => setAct(undefined)} />}
    </li>
  );
}
