import { FileOutlined, FilePdfOutlined, SoundOutlined } from "@ant-design/icons";
import { Image } from "antd";
import type { Attachment } from "../api/types";
import { useWords } from "../i18n/LanguageProvider";

/** Files of a message: pictures are shown, sound is played, the rest is opened. */
export function Attachments({ files }: { files: Attachment[] }) {
  const { f } = useWords();
  if (files.length === 0) return null;
  const pictures = files.filter((file) => file.media_type.startsWith("image/"));
  const others = files.filter((file) => !file.media_type.startsWith("image/"));
  return (
    <div className="attachments">
      {pictures.length > 0 && (
        <Image.PreviewGroup>
          {pictures.map((file) => (
            <Image key={file.id} src={file.url} alt={file.name} width={132} height={100} />
          ))}
        </Image.PreviewGroup>
      )}
      {others.map((file) => (
        <div key={file.id} className="attachment">
          <a href={file.url} target="_blank" rel="noopener noreferrer">
            <FileIcon type={file.media_type} /> {file.name}
          </a>
          <small>{f.bytes(file.size)}</small>
          {file.media_type.startsWith("audio/") && (
            <audio controls preload="none" src={file.url} aria-label={file.name} />
          )}
        </div>
      ))}
    </div>
  );
}

function FileIcon({ type }: { type: string }) {
  if (type === "application/pdf") return <FilePdfOutlined />;
  return type.startsWith("audio/") ? <SoundOutlined /> : <FileOutlined />;
}
