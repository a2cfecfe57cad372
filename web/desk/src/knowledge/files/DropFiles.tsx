import { useRef, useState } from "react";
import type { DragEvent, ReactNode } from "react";
import { useWords } from "../../i18n/LanguageProvider";
import { droppedFiles } from "./droppedFiles";

interface Props {
  disabled?: boolean;
  onFiles: (files: File[]) => void;
  children: ReactNode;
}

/** A part of the page on which files and folders can be dropped. */
export function DropFiles({ disabled, onFiles, children }: Props) {
  const { t } = useWords();
  const [over, setOver] = useState(false);
  const depth = useRef(0);
  const carriesFiles = (event: DragEvent) =>
    !disabled && event.dataTransfer.types.includes("Files");
  const move = (step: 1 | -1) => (event: DragEvent) => {
    if (!carriesFiles(event)) return;
    depth.current = Math.max(0, depth.current + step);
    setOver(depth.current > 0);
  };
  const drop = (event: DragEvent) => {
    depth.current = 0;
    setOver(false);
    if (!carriesFiles(event)) return;
    event.preventDefault();
    void droppedFiles(event.dataTransfer).then((files) => files.length > 0 && onFiles(files));
  };
  return (
    <div
      className="drop"
      onDragEnter={move(1)}
      onDragLeave={move(-1)}
      onDragOver={(event) => carriesFiles(event) && event.preventDefault()}
      onDrop={drop}
    >
      {children}
      {over && (
        <div className="drop-over" aria-hidden>
          <strong>{t("files.dropHere")}</strong>
        </div>
      )}
    </div>
  );
}
