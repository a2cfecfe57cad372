import { useEffect, useRef } from "react";
import type { KeyboardEvent } from "react";
import { useWords } from "../../i18n/LanguageProvider";
import { MarkdownToolbar } from "./MarkdownToolbar";
import { bold, lineBreak } from "./markdownActs";
import type { Edit, Field } from "./markdownActs";

interface Props {
  value: string;
  lang: string;
  figures: Record<string, string>;
  faulty: boolean;
  startAt?: number;
  onCursor: (offset: number) => void;
  onChange: (value: string) => void;
}

/** Make an edit as if it were typed, so that the browser's undo takes it back. */
function type(area: HTMLTextAreaElement, edit: Edit): void {
  area.focus();
  area.setSelectionRange(edit.from, edit.to);
  const typed =
    edit.insert === ""
      ? document.execCommand?.("delete")
      : document.execCommand?.("insertText", false, edit.insert);
  if (!typed) {
    area.setRangeText(edit.insert, edit.from, edit.to, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
  area.setSelectionRange(edit.start, edit.end);
}

/** Pixels of text that stay in sight above the place where the cursor begins. */
const SHOWN_ABOVE = 64;

/** How high the text up to an offset stands, with its lines wrapped as they are in this field. */
function heightUpTo(area: HTMLTextAreaElement, offset: number): number {
  const whole = area.value;
  area.value = whole.slice(0, offset);
  const height = area.scrollHeight;
  area.value = whole;
  return height;
}

/** A text field for Markdown with a toolbar for what articles are made of. */
export function MarkdownEditor(props: Props) {
  const { t } = useWords();
  const area = useRef<HTMLTextAreaElement>(null);
  const { startAt, onCursor } = props;
  useEffect(() => {
    const field = area.current;
    if (!field || startAt === undefined) return;
    const above = heightUpTo(field, startAt);
    field.focus({ preventScroll: true });
    field.setSelectionRange(startAt, startAt);
    field.scrollTop = above > field.clientHeight ? above - SHOWN_ABOVE : 0;
    field.scrollIntoView({ block: "nearest" });
    onCursor(startAt);
  }, [startAt, onCursor]);

  const act = (make: (field: Field) => Edit | null): boolean => {
    const field = area.current;
    if (!field) return false;
    const edit = make({
      text: field.value,
      start: field.selectionStart,
      end: field.selectionEnd,
    });
    if (edit) type(field, edit);
    return edit !== null;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const ctrl = event.ctrlKey || event.metaKey;
    if (event.key === "Enter" && !ctrl && !event.shiftKey) {
      if (act(lineBreak)) event.preventDefault();
    } else if (ctrl && event.key.toLowerCase() === "b") {
      event.preventDefault();
      act(bold);
    }
  };
  return (
    <div className="markdown-editor" data-faulty={props.faulty || undefined}>
      <MarkdownToolbar lang={props.lang} figures={props.figures} act={act} />
      <textarea
        ref={area}
        lang={props.lang}
        dir="auto"
        spellCheck
        value={props.value}
        aria-label={t("editor.text")}
        aria-invalid={props.faulty}
        placeholder={t("editor.textHint")}
        onChange={(event) => props.onChange(event.target.value)}
        onSelect={(event) => onCursor(event.currentTarget.selectionStart)}
        onKeyDown={onKeyDown}
      />
    </div>
  );
}
