import { BarcodeOutlined } from "@ant-design/icons";
import { Alert, Input } from "antd";
import type { InputRef } from "antd";
import { useEffect, useRef, useState } from "react";
import type { ReactNode } from "react";
import { scan } from "../api/stock";
import type { Scanned } from "../api/stockTypes";
import { useWords } from "../i18n/LanguageProvider";
import { useFailureText } from "../ui/useFailureText";
import { understood } from "./scanned";
import { WedgeReader } from "./wedge";

interface Props {
  /** What to do with a code that was understood. */
  onScan: (found: Scanned) => void;
  /** Stands in place of what was understood, once the act has told more. */
  said?: ReactNode;
  autoFocus?: boolean;
}

/** Takes codes typed or scanned, also when no field has the focus, and says what they meant. */
export function ScanBox({ onScan, said, autoFocus }: Props) {
  const { t } = useWords();
  const failureText = useFailureText();
  const field = useRef<InputRef>(null);
  const [text, setText] = useState("");
  const [found, setFound] = useState<Scanned>();
  const [fault, setFault] = useState("");
  const read = async (code: string) => {
    const wanted = code.trim();
    if (!wanted) return;
    setText("");
    try {
      const answer = await scan(wanted);
      setFound(answer);
      setFault("");
      onScan(answer);
    } catch (error) {
      setFound(undefined);
      setFault(`${wanted}: ${failureText(error)}`);
    }
    field.current?.focus();
  };
  useWedge(read);
  return (
    <div className="scan-box">
      <Input
        ref={field}
        autoFocus={autoFocus}
        allowClear
        prefix={<BarcodeOutlined />}
        value={text}
        maxLength={200}
        aria-label={t("scan.label")}
        placeholder={t("scan.placeholder")}
        onChange={(event) => setText(event.target.value)}
        onPressEnter={(event) => {
          event.preventDefault();
          void read(text);
        }}
      />
      <div aria-live="polite">
        {fault && <Alert type="warning" showIcon title={fault} />}
        {!fault && found && <p className="scan-said">{said ?? understood(found, t)}</p>}
      </div>
    </div>
  );
}

const TYPING = "input, textarea, select, [contenteditable]";

/** Listens for a scanner while no field has the focus. */
function useWedge(read: (code: string) => Promise<void>) {
  const latest = useRef(read);
  useEffect(() => {
    latest.current = read;
  });
  useEffect(() => {
    const reader = new WedgeReader();
    const onKey = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (target.closest(TYPING) || event.ctrlKey || event.metaKey || event.altKey) return;
      const code = reader.take(event.key, event.timeStamp);
      if (!code) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      void latest.current(code);
    };
    window.addEventListener("keydown", onKey, true);
    return () => window.removeEventListener("keydown", onKey, true);
  }, []);
}
