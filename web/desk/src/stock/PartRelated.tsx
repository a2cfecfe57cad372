import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Checkbox, Form, Input, Popconfirm } from "antd";
import { useState } from "react";
import { useMay } from "../app/session";
import { putSubstitute } from "../api/stock";
import type { StockPartFile } from "../api/stockTypes";
import { useWords } from "../i18n/LanguageProvider";
import { ActDialog } from "../ui/ActDialog";
import { Section } from "../ui/Facts";
import { WhenText } from "../ui/WhenText";
import { useCommand } from "../ui/useCommand";
import { PartLink, Place } from "./bits";
import { PartPicker } from "./pickers";

/** Who keeps pieces of a part, what may stand in for it, which kits hold it. */
export function PartRelated({ file }: { file: StockPartFile }) {
  const { t } = useWords();
  const active = file.reservations.filter((one) => one.state === "active");
  return (
    <>
      <Section title={t("location.kept", { count: active.length })}>
        <ul className="stock-docs">
          {active.map((one) => (
            <li key={one.id}>
              <span className="figures">{one.quantity - one.consumed}</span>
              <Place place={one.location} />
              <span>{[t.label("purpose", one.purpose_type), one.purpose_number].filter(Boolean).join(" ")}</span>
              {one.due_at && <WhenText at={one.due_at} />}
            </li>
          ))}
        </ul>
        {active.length === 0 && <p className="quiet">{t("state.none")}</p>}
      </Section>
      <Substitutes file={file} />
      {file.kits.length > 0 && (
        <Section title={t("part.kits")}>
          <ul className="stock-docs">
            {file.kits.map((kit) => (
              <li key={kit.code}>
                <strong>{kit.code}</strong>
                <span>{kit.name}</span>
                <span className="quiet">
                  {kit.lines.map((line) => `${String(line.quantity)} × ${String(line.part)}`).join(", ")}
                </span>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}

interface SubstituteValues {
  substitute: string;
  both_ways?: boolean;
  note?: string;
}

function Substitutes({ file }: { file: StockPartFile }) {
  const { t } = useWords();
  const mayWrite = useMay("stock:write");
  const { part } = file.part;
  const [adding, setAdding] = useState(false);
  const refresh = [["stock", "part"]];
  const drop = useCommand({
    refresh,
    run: (rule: { part: string; substitute: string; both_ways: boolean; note: string }) =>
      putSubstitute({ ...rule, drop: true }),
    done: (_, rule) => ({
      text: t("part.substituteGone", { part: rule.substitute }),
      undo: () => putSubstitute(rule),
    }),
  });
  return (
    <Section
      title={t("part.substitutes", { count: file.substitutes.length })}
      extra={
        mayWrite && (
          <Button type="text" size="small" icon={<PlusOutlined />} aria-label={t("part.addSubstitute")} onClick={() => setAdding(true)} />
        )
      }
    >
      <ul className="stock-docs">
        {file.substitutes.map((one) => (
          <li key={`${one.part}-${one.substitute}`}>
            <PartLink part={one.substitute === part ? one.part : one.substitute} />
            <span className="quiet">{t(one.both_ways ? "part.bothWays" : one.part === part ? "part.standsIn" : "part.standsFor")}</span>
            {one.note && <span>{one.note}</span>}
            {mayWrite && (
              <Popconfirm
                title={t("part.dropSubstitute", { part: one.substitute })}
                okText={t("act.delete")}
                cancelText={t("act.cancel")}
                onConfirm={() => drop.submit(one)}
              >
                <Button type="text" size="small" icon={<DeleteOutlined />} aria-label={t("act.remove", { name: one.substitute })} />
              </Popconfirm>
            )}
          </li>
        ))}
      </ul>
      {file.substitutes.length === 0 && <p className="quiet">{t("state.none")}</p>}
      {adding && (
        <ActDialog<SubstituteValues, unknown>
          title={t("part.substituteFor", { part })}
          submit={t("act.save")}
          refresh={refresh}
          run={({ substitute, both_ways, note }) =>
            putSubstitute({ part, substitute, both_ways: both_ways ?? false, note: note?.trim() ?? "" })
          }
          done={(_, { substitute }) => t("part.substituteSaved", { part: substitute })}
          onClose={() => setAdding(false)}
        >
          <Form.Item name="substitute" label={t("stock.part")} rules={[{ required: true, message: t("form.needed") }]}>
            <PartPicker autoFocus label={t("stock.part")} />
          </Form.Item>
          <Form.Item name="both_ways" valuePropName="checked">
            <Checkbox>{t("part.bothWays")}</Checkbox>
          </Form.Item>
          <Form.Item name="note" label={t("part.condition")}>
            <Input maxLength={500} />
          </Form.Item>
        </ActDialog>
      )}
    </Section>
  );
}
