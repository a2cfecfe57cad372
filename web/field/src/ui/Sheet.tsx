import { useEffect, useId, useRef } from "react";
import type { ReactNode } from "react";
import { useWords } from "../i18n/LanguageProvider";
import { Icon } from "./Icon";

interface Props {
  title: string;
  onClose: () => void;
  children: ReactNode;
}

/** A form over the page; the browser keeps the focus inside, Escape closes it. */
export function Sheet({ title, onClose, children }: Props) {
  const { t } = useWords();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const shown = dialog.current;
    if (shown && !shown.open) shown.showModal();
    return () => shown?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className="sheet"
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
    >
      <div className="sheet-head">
        <h2 id={id}>{title}</h2>
        <button type="button" className="icon-button" aria-label={t("act.close")} onClick={onClose}>
          <Icon name="close" />
        </button>
      </div>
      {children}
    </dialog>
  );
}

interface ConfirmProps {
  title: string;
  text: string;
  yes: string;
  danger?: boolean;
  onYes: () => void;
  onClose: () => void;
}

/** Asks before what cannot be undone; names the thing. */
export function Confirm({ title, text, yes, danger, onYes, onClose }: ConfirmProps) {
  const { t } = useWords();
  return (
    <Sheet title={title} onClose={onClose}>
      <div className="form">
        <p>{text}</p>
        <div className="buttons">
          <button type="button" className="button quiet-button" onClick={onClose}>
            {t("act.cancel")}
          </button>
          <button type="button" className={danger ? "button danger" : "button"} onClick={onYes}>
            {yes}
          </button>
        </div>
      </div>
    </Sheet>
  );
}
