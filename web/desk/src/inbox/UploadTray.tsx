import { CloseOutlined, LoadingOutlined, PaperClipOutlined, ReloadOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useWords } from "../i18n/LanguageProvider";
import type { Uploads } from "./useUploads";

export function UploadTray({ uploads }: { uploads: Uploads }) {
  const { t, f } = useWords();
  if (uploads.uploads.length === 0) return null;
  return (
    <ul className="uploads" aria-label={t("composer.attachments")}>
      {uploads.uploads.map((one) => (
        <li key={one.key} className={one.failure ? "upload upload-failed" : "upload"}>
          {one.stored || one.failure ? <PaperClipOutlined /> : <LoadingOutlined />}
          <span>{one.file.name}</span>
          <small>{one.failure ?? f.bytes(one.file.size)}</small>
          {one.failure && (
            <Button
              type="text"
              size="small"
              aria-label={t("act.retry")}
              icon={<ReloadOutlined />}
              onClick={() => uploads.retry(one)}
            />
          )}
          <Button
            type="text"
            size="small"
            aria-label={t("act.remove", { name: one.file.name })}
            icon={<CloseOutlined />}
            onClick={() => uploads.remove(one.key)}
          />
        </li>
      ))}
    </ul>
  );
}
