import { LockOutlined, PaperClipOutlined, SendOutlined, SnippetsOutlined } from "@ant-design/icons";
import { Button, Input, Tooltip } from "antd";
import { useRef, useState } from "react";
import type { ClipboardEvent, KeyboardEvent } from "react";
import { useMe } from "../app/session";
import type { ConversationDetail, SavedReply } from "../api/types";
import { useWords } from "../i18n/LanguageProvider";
import { useDraft } from "../ui/useStored";
import { ComposerBanner } from "./ComposerBanner";
import { SavedReplyPicker } from "./SavedReplyPicker";
import { UploadTray } from "./UploadTray";
import { shortcutIn } from "./shortcut";
import type { Send } from "./useOutbox";
import { useTellTyping } from "./useTellTyping";
import { useUploads } from "./useUploads";

const LONGEST = 10_000;

interface Props {
  conversation: ConversationDetail;
  send: Send;
}

/** Writes a reply to the customer or a note to colleagues; Enter sends, Shift+Enter breaks. */
export function Composer({ conversation, send }: Props) {
  const { t } = useWords();
  const me = useMe();
  const { id } = conversation;
  const [kind, setKind] = useState<"reply" | "note">("reply");
  const [text, setText] = useDraft(`${id}.${kind}`);
  const [picking, setPicking] = useState(false);
  const uploads = useUploads(id);
  const tellTyping = useTellTyping(id);
  const files = useRef<HTMLInputElement>(null);
  const box = useRef<HTMLTextAreaElement>(null);

  const byColleague = conversation.owner === "person" && conversation.owner_user_id !== me.id;
  const blocked = kind === "reply" && (conversation.state === "closed" || byColleague);
  const shortcut = kind === "reply" ? shortcutIn(text) : null;
  const ready = kind === "reply" ? uploads.ready : [];
  const sendable =
    !blocked && !(kind === "reply" && uploads.busy) && (text.trim() !== "" || ready.length > 0);

  const submit = () => {
    if (!sendable) return;
    send(kind, text.trim(), ready);
    setText("");
    if (kind === "reply") uploads.clear();
  };
  const insert = (reply: SavedReply) => {
    setText(shortcut === null && text ? `${text.trimEnd()}\n${reply.text}` : reply.text);
    setPicking(false);
    box.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // While an input method composes, Enter picks a candidate and sends nothing.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.key !== "Enter" || event.shiftKey || event.altKey || event.defaultPrevented) return;
    event.preventDefault();
    submit();
  };
  const onPaste = (event: ClipboardEvent) => {
    const pasted = [...event.clipboardData.files];
    if (pasted.length === 0 || kind === "note") return;
    event.preventDefault();
    uploads.add(pasted);
  };

  return (
    <div className={`composer composer-${kind}`}>
      <div className="composer-tabs" role="tablist" aria-label={t("composer.kind")}>
        {(["reply", "note"] as const).map((one) => (
          <button
            key={one}
            type="button"
            role="tab"
            aria-selected={kind === one}
            onClick={() => setKind(one)}
          >
            {one === "note" && <LockOutlined aria-hidden />} {t(`composer.${one}`)}
          </button>
        ))}
        <ComposerBanner conversation={conversation} kind={kind} byColleague={byColleague} />
      </div>
      {(picking || shortcut !== null) && !blocked && (
        <SavedReplyPicker
          typed={shortcut}
          language={conversation.language}
          onPick={insert}
          onClose={() => {
            setPicking(false);
            box.current?.focus();
          }}
          field={box}
        />
      )}
      <Input.TextArea
        ref={(ref) => {
          box.current = ref?.resizableTextArea?.textArea ?? null;
        }}
        variant="borderless"
        autoSize={{ minRows: 2, maxRows: 10 }}
        maxLength={LONGEST}
        value={text}
        disabled={blocked}
        aria-label={t(`composer.${kind}`)}
        placeholder={t(kind === "note" ? "composer.notePlaceholder" : "composer.placeholder")}
        onChange={(event) => {
          setText(event.target.value);
          if (kind === "reply" && event.target.value) tellTyping();
        }}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
      />
      {kind === "reply" && <UploadTray uploads={uploads} />}
      <div className="composer-foot">
        {kind === "reply" && (
          <>
            <input
              ref={files}
              type="file"
              multiple
              hidden
              aria-label={t("composer.attach")}
              onChange={(event) => {
                uploads.add([...(event.target.files ?? [])]);
                event.target.value = "";
              }}
            />
            <Tool label={t("composer.attach")} disabled={blocked} onClick={() => files.current?.click()}>
              <PaperClipOutlined />
            </Tool>
            <Tool label={t("composer.saved")} disabled={blocked} onClick={() => setPicking(!picking)}>
              <SnippetsOutlined />
            </Tool>
          </>
        )}
        <span className="composer-hint">{t("composer.hint")}</span>
        <Button type="primary" icon={<SendOutlined />} disabled={!sendable} onClick={submit}>
          {t(kind === "note" ? "composer.addNote" : "composer.send")}
        </Button>
      </div>
    </div>
  );
}

function Tool(props: {
  label: string;
  disabled: boolean;
  onClick: () => void;
  children: React.ReactNode;
}) {
  return (
    <Tooltip title={props.label}>
      <Button
        type="text"
        aria-label={props.label}
        disabled={props.disabled}
        icon={props.children}
        onClick={props.onClick}
      />
    </Tooltip>
  );
}
