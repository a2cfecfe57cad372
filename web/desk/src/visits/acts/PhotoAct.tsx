import { CameraOutlined } from "@ant-design/icons";
import { Button, Drawer, Input, Segmented } from "antd";
import { useEffect, useRef, useState } from "react";
import { addPhoto } from "../../api/visits";
import { useWords } from "../../i18n/LanguageProvider";
import { useCommand } from "../../ui/useCommand";
import { PHOTO_KINDS } from "../terms";
import type { ActProps } from "./ActDialog";

interface Values {
  file: File;
  when: string;
  caption: string;
}

/** A picture of the visit: from the camera of a phone, or a file. */
export function PhotoAct({ visit, close }: ActProps) {
  const { t } = useWords();
  const picker = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File>();
  const [when, setWhen] = useState<string>("before");
  const [caption, setCaption] = useState("");
  const preview = usePreview(file);
  const send = useCommand({
    run: (values: Values, { key }) => addPhoto(visit.number, values, key),
    refresh: [["visits"]],
    done: () => t.label("visitDone", "photos"),
    onDone: close,
  });
  const name = t.label("visitAct", "photos");
  return (
    <Drawer
      open
      onClose={close}
      size={480}
      title={`${name} · ${visit.number}`}
      footer={
        <div className="form-acts">
          <Button onClick={close}>{t("act.cancel")}</Button>
          <Button
            type="primary"
            disabled={!file}
            loading={send.busy}
            onClick={() => file && send.submit({ file, when, caption: caption.trim() })}
          >
            {name}
          </Button>
        </div>
      }
    >
      <div className="dialog-fields">
        <button type="button" className="photo-pick" onClick={() => picker.current?.click()}>
          {preview ? <img src={preview} alt={file?.name ?? ""} /> : <CameraOutlined />}
          <span>{t(file ? "visit.photoOther" : "visit.photoPick")}</span>
        </button>
        <input
          ref={picker}
          type="file"
          hidden
          accept="image/*"
          onChange={(event) => setFile(event.target.files?.[0])}
        />
        <Segmented
          block
          aria-label={t("visit.photoWhen")}
          value={when}
          onChange={setWhen}
          options={PHOTO_KINDS.map((value) => ({ value, label: t.label("photoKind", value) }))}
        />
        <label className="labelled">
          {t("visit.caption")}
          <Input maxLength={300} value={caption} onChange={(event) => setCaption(event.target.value)} />
        </label>
      </div>
    </Drawer>
  );
}

/** A link to the picked file, given back when another is picked. */
function usePreview(file: File | undefined): string | undefined {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    if (!file) return;
    const made = URL.createObjectURL(file);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  return url;
}
