import { DeleteOutlined, FileOutlined, LockOutlined, PaperClipOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { Button, Checkbox, Image, Spin } from "antd";
import { useRef, useState } from "react";
import { attach } from "../api/tickets";
import type { TicketPaper } from "../api/types";
import { useWords } from "../i18n/LanguageProvider";
import { useFailureText } from "../ui/useFailureText";

interface Sending {
  key: string;
  file: File;
  visible: boolean;
  error?: string;
}

interface Props {
  number: string;
  papers: TicketPaper[];
  mayWrite: boolean;
}

/** Files of a ticket: dropped or picked, shown small where they are pictures. */
export function Papers({ number, papers, mayWrite }: Props) {
  const { t } = useWords();
  const { sending, send, retry, drop } = useSending(number);
  const [visible, setVisible] = useState(false);
  const [over, setOver] = useState(false);
  const picker = useRef<HTMLInputElement>(null);
  const take = (files: FileList | null) => files && send([...files], visible);
  return (
    <div
      className={over ? "papers papers-over" : "papers"}
      onDragOver={(event) => {
        if (!mayWrite) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        if (!mayWrite) return;
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files);
      }}
    >
      <ul className="paper-list">
        {papers.map((paper) => (
          <Paper key={paper.id} paper={paper} />
        ))}
        {sending.map((one) => (
          <li key={one.key} className="paper">
            <span className="paper-sign">{one.error ? <FileOutlined /> : <Spin size="small" />}</span>
            <span className="paper-name">{one.file.name}</span>
            {one.error && (
              <>
                <span className="form-error">{one.error}</span>
                <Button size="small" type="link" onClick={() => retry(one)}>
                  {t("act.retry")}
                </Button>
                <Button
                  size="small"
                  type="text"
                  icon={<DeleteOutlined />}
                  aria-label={t("act.remove", { name: one.file.name })}
                  onClick={() => drop(one.key)}
                />
              </>
            )}
          </li>
        ))}
      </ul>
      {mayWrite && (
        <div className="paper-foot">
          <Button size="small" icon={<PaperClipOutlined />} onClick={() => picker.current?.click()}>
            {t("paper.add")}
          </Button>
          <Checkbox checked={visible} onChange={(event) => setVisible(event.target.checked)}>
            {t("paper.public")}
          </Checkbox>
          <span className="quiet wide-only">{t("paper.drop")}</span>
          <input
            ref={picker}
            type="file"
            multiple
            hidden
            onChange={(event) => {
              take(event.target.files);
              event.target.value = "";
            }}
          />
        </div>
      )}
    </div>
  );
}

function Paper({ paper }: { paper: TicketPaper }) {
  const { t, f } = useWords();
  const picture = paper.media_type.startsWith("image/") && paper.url;
  return (
    <li className="paper">
      <span className="paper-sign">
        {picture ? <Image src={paper.url} alt={paper.name} width={36} height={36} /> : <FileOutlined />}
      </span>
      <a className="paper-name" href={paper.url} target="_blank" rel="noreferrer">
        {paper.name}
      </a>
      <span className="quiet">
        {!paper.public && (
          <>
            <LockOutlined title={t("ticket.internal")} />{" "}
          </>
        )}
        {f.bytes(paper.size)} · {f.date(paper.created_at)}
      </span>
    </li>
  );
}

/** Files on their way; one that failed can be sent again under the same key. */
function useSending(number: string) {
  const client = useQueryClient();
  const failureText = useFailureText();
  const [sending, setSending] = useState<Sending[]>([]);
  const drop = (key: string) => setSending((all) => all.filter((one) => one.key !== key));
  const put = async (one: Sending) => {
    try {
      await attach(number, one.file, one.visible, one.key);
      drop(one.key);
      await client.invalidateQueries({ queryKey: ["tickets", number] });
    } catch (error) {
      const failed = { ...one, error: failureText(error) };
      setSending((all) => all.map((other) => (other.key === one.key ? failed : other)));
    }
  };
  const send = (files: File[], visible: boolean) => {
    const fresh = files.map((file) => ({ key: crypto.randomUUID(), file, visible }));
    setSending((all) => [...all, ...fresh]);
    for (const one of fresh) void put(one);
  };
  const retry = (one: Sending) => {
    const again = { ...one, error: undefined };
    setSending((all) => all.map((other) => (other.key === one.key ? again : other)));
    void put(again);
  };
  return { sending, send, retry, drop };
}
