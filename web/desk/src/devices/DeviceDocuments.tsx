import { DeleteOutlined, EyeInvisibleOutlined, EyeOutlined, UploadOutlined } from "@ant-design/icons";
import { Button, Checkbox, Form, Input, Popconfirm, Select, Upload } from "antd";
import type { UploadFile } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { useMay } from "../app/session";
import { changeDocument, removeDocument, uploadDocument } from "../api/devices";
import type { DeviceDocument } from "../api/devices";
import { useWords } from "../i18n/LanguageProvider";
import { ActDialog } from "../ui/ActDialog";
import { Section } from "../ui/Facts";
import { LanguageTag } from "../ui/LanguageTag";
import { useCommand } from "../ui/useCommand";
import { DOCUMENT_KINDS } from "./terms";

interface Props {
  serial: string;
  documents: DeviceDocument[];
}

/** Papers of a device; those with the open eye also stand on its public page. */
export function DeviceDocuments({ serial, documents }: Props) {
  const { t } = useWords();
  const mayWrite = useMay("assets:write");
  const [adding, setAdding] = useState(false);
  return (
    <Section
      title={t("device.documents", { count: documents.length })}
      extra={
        mayWrite && (
          <Button
            type="text"
            size="small"
            icon={<UploadOutlined />}
            aria-label={t("document.add")}
            title={t("document.add")}
            onClick={() => setAdding(true)}
          />
        )
      }
    >
      {documents.length === 0 && <p className="quiet">{t("state.none")}</p>}
      <ul className="documents">
        {documents.map((one) => (
          <DocumentLine key={one.id} serial={serial} document={one} mayWrite={mayWrite} />
        ))}
      </ul>
      {adding && <AddDocument serial={serial} onClose={() => setAdding(false)} />}
    </Section>
  );
}

function DocumentLine(props: { serial: string; document: DeviceDocument; mayWrite: boolean }) {
  const { serial, document: one, mayWrite } = props;
  const { t, f } = useWords();
  const refresh = [["assets", serial]];
  const publish = useCommand({
    version: one.version,
    refresh,
    run: (shown: boolean, { version }) => changeDocument(serial, one.id, { public: shown, version }),
    done: (_, shown) => t(shown ? "document.shown" : "document.hidden", { name: one.title }),
  });
  const remove = useCommand({
    refresh,
    run: (_: void) => removeDocument(serial, one.id),
    done: () => t("document.removed", { name: one.title }),
  });
  const eye = t(one.public ? "document.hide" : "document.show", { name: one.title });
  return (
    <li>
      <span className="row-text">
        {one.article ? (
          <Link to={`/knowledge/articles/${encodeURIComponent(one.article)}`}>{one.title}</Link>
        ) : (
          <a href={one.url} target="_blank" rel="noreferrer">
            {one.title}
          </a>
        )}
        <small className="quiet">
          {t.label("documentKind", one.kind)} <LanguageTag code={one.lang} /> {f.date(one.added_at)}
        </small>
      </span>
      {mayWrite && (
        <>
          <Button
            type="text"
            size="small"
            icon={one.public ? <EyeOutlined /> : <EyeInvisibleOutlined />}
            aria-label={eye}
            aria-pressed={one.public}
            title={eye}
            loading={publish.busy}
            onClick={() => publish.submit(!one.public)}
          />
          <Popconfirm
            title={t("document.removeAsk", { name: one.title })}
            okText={t("act.delete")}
            cancelText={t("act.cancel")}
            okButtonProps={{ danger: true }}
            onConfirm={() => remove.submit()}
          >
            <Button type="text" size="small" icon={<DeleteOutlined />} aria-label={t("act.remove", { name: one.title })} />
          </Popconfirm>
        </>
      )}
    </li>
  );
}

interface Values {
  file?: UploadFile[];
  title?: string;
  kind: string;
  public?: boolean;
}

function AddDocument({ serial, onClose }: { serial: string; onClose: () => void }) {
  const { t, language } = useWords();
  return (
    <ActDialog<Values, DeviceDocument>
      title={t("document.add")}
      submit={t("document.add")}
      initial={{ kind: "manual", public: false }}
      refresh={[["assets", serial]]}
      run={({ file, title, kind, public: shown }) => {
        const chosen = file?.[0]?.originFileObj;
        if (!chosen) throw new Error("no file");
        return uploadDocument(serial, chosen, {
          title: title?.trim() || chosen.name,
          kind,
          lang: language,
          public: shown ?? false,
        });
      }}
      done={(added) => t("document.added", { name: added.title })}
      onClose={onClose}
    >
      <Form.Item
        name="file"
        valuePropName="fileList"
        getValueFromEvent={(event: { fileList: UploadFile[] }) => event.fileList.slice(-1)}
        rules={[{ required: true, message: t("form.needed") }]}
      >
        <Upload.Dragger beforeUpload={() => false} maxCount={1}>
          <p>{t("document.drop")}</p>
        </Upload.Dragger>
      </Form.Item>
      <div className="form-two">
        <Form.Item name="title" label={t("document.title")}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="kind" label={t("document.kind")}>
          <Select options={DOCUMENT_KINDS.map((one) => ({ value: one, label: t.label("documentKind", one) }))} />
        </Form.Item>
      </div>
      <Form.Item name="public" valuePropName="checked">
        <Checkbox>{t("document.public")}</Checkbox>
      </Form.Item>
    </ActDialog>
  );
}
