import type { RefObject } from "react";
import { useNavigate } from "react-router";
import { useWords } from "../i18n/LanguageProvider";
import { useCommand } from "../ui/useCommand";
import { useFailure } from "../ui/useFailureText";
import { importSop } from "./api";

/** A file field that is opened from a menu; the procedure in the file becomes a draft. */
export function ImportButton({ input }: { input: RefObject<HTMLInputElement | null> }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const { fail } = useFailure();
  const send = useCommand({
    run: (document: unknown, { key }) => importSop(document, key),
    refresh: [["sops"]],
    done: (told) => t(told.created ? "sop.imported" : "sop.importedDraft", { code: told.code }),
    onDone: (told) => void navigate(`/sops/${encodeURIComponent(told.code)}`),
  });
  const read = async (file: File | undefined) => {
    if (!file) return;
    try {
      send.submit(JSON.parse(await file.text()));
    } catch {
      fail(new Error(file.name));
    }
  };
  return (
    <input
      ref={input}
      type="file"
      hidden
      accept="application/json,.json"
      aria-label={t("sop.import")}
      onChange={(event) => {
        void read(event.target.files?.[0]);
        event.target.value = "";
      }}
    />
  );
}
