import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Form, Input, InputNumber, Segmented } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { addLink, dropLink } from "../api/faults";
import type { FaultFile, FaultLink } from "../api/faults";
import { useWords } from "../i18n/LanguageProvider";
import { PartPicker } from "../stock/pickers";
import { ActDialog } from "../ui/ActDialog";
import { Section } from "../ui/Facts";
import { useCommand } from "../ui/useCommand";

const KINDS = ["article", "sop", "part"] as const;

/** Articles, working instructions and parts of a fault. */
export function LinkList({ file, mayWrite }: { file: FaultFile; mayWrite: boolean }) {
  const { t } = useWords();
  const [adding, setAdding] = useState(false);
  const links = file.links ?? [];
  const drop = useCommand({
    run: (link: FaultLink) => dropLink(file.number, link.id),
    refresh: [["faults"]],
    done: (_, link) => ({
      text: t("fault.unlinked", { target: link.title || link.target }),
      undo: () =>
        addLink(
          file.number,
          { kind: link.kind, target: link.target, title: link.title, quantity: link.quantity },
          { key: crypto.randomUUID() },
        ),
    }),
  });
  return (
    <Section
      title={t("fault.links")}
      extra={
        mayWrite && (
          <Button type="text" size="small" icon={<PlusOutlined />} aria-label={t("fault.addLink")} onClick={() => setAdding(true)} />
        )
      }
    >
      {links.length === 0 && <p className="quiet">{t("fault.noLinks")}</p>}
      <ul className="plain-list">
        {links.map((link) => (
          <li key={link.id} className="link-line">
            <span className="tag">{t.label("faultLink", link.kind)}</span>
            <span>
              {link.path ? <Link to={link.path}>{link.title || link.target}</Link> : link.title || link.target}
              {link.kind === "part" && (
                <small className="quiet figures"> {link.target} × {link.quantity}</small>
              )}
            </span>
            {mayWrite && (
              <Button
                type="text"
                size="small"
                icon={<DeleteOutlined />}
                aria-label={t("act.remove", { name: link.title || link.target })}
                onClick={() => drop.submit(link)}
              />
            )}
          </li>
        ))}
      </ul>
      {adding && <AddLink number={file.number} close={() => setAdding(false)} />}
    </Section>
  );
}

interface Values {
  kind: (typeof KINDS)[number];
  target: string;
  title?: string;
  quantity?: number;
}

function AddLink({ number, close }: { number: string; close: () => void }) {
  const { t } = useWords();
  const [form] = Form.useForm<Values>();
  const kind = Form.useWatch("kind", form) ?? "part";
  const needed = [{ required: true, message: t("form.needed") }];
  return (
    <ActDialog<Values, FaultFile>
      form={form}
      title={t("fault.addLink")}
      submit={t("act.add")}
      initial={{ kind: "part", quantity: 1 }}
      run={(values, how) => addLink(number, values, how)}
      refresh={[["faults"]]}
      done={() => t("fault.linked")}
      onClose={close}
    >
      <Form.Item name="kind">
        <Segmented options={KINDS.map((value) => ({ value, label: t.label("faultLink", value) }))} />
      </Form.Item>
      {kind === "part" ? (
        <div className="form-two">
          <Form.Item name="target" label={t("fault.part")} rules={needed}>
            <PartPicker label={t("fault.part")} autoFocus />
          </Form.Item>
          <Form.Item name="quantity" label={t("fault.quantity")}>
            <InputNumber min={1} max={10000} precision={0} className="number-field" />
          </Form.Item>
        </div>
      ) : (
        <Form.Item name="target" label={t.label("faultLinkKey", kind)} rules={needed}>
          <Input maxLength={300} />
        </Form.Item>
      )}
    </ActDialog>
  );
}
