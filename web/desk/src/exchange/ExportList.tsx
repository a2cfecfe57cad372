import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { exchangeForms } from "../api/exchange";
import { downloadList } from "../api/exports";
import { useWords } from "../i18n/LanguageProvider";
import { ErrorState } from "../ui/ErrorState";
import { LinesSkeleton } from "../ui/Skeletons";
import { useFailure } from "../ui/useFailureText";

/** Every list that may be exported, whole; a list's own page exports what its filters find. */
export function ExportList() {
  const { t, language } = useWords();
  const { fail } = useFailure();
  const [busy, setBusy] = useState("");
  const forms = useQuery({ queryKey: ["exchange", "forms"], queryFn: exchangeForms, staleTime: Infinity });
  if (forms.isPending) return <LinesSkeleton lines={3} />;
  if (!forms.data) return <ErrorState error={forms.error} retry={() => forms.refetch()} />;
  const save = async (kind: string, format: string) => {
    setBusy(`${kind}.${format}`);
    try {
      await downloadList(kind, format, {}, language);
    } catch (error) {
      fail(error);
    } finally {
      setBusy("");
    }
  };
  return (
    <ul className="export-list">
      {forms.data.items
        .filter((one) => one.exportable)
        .map((one) => (
          <li key={one.kind}>
            <span className="row-text">
              <strong>{one.title[language]}</strong>
              <small className="quiet">
                {one.columns
                  .filter((column) => column.exported)
                  .map((column) => column.header[language])
                  .slice(0, 8)
                  .join(", ")}
              </small>
            </span>
            {["csv", "xlsx"].map((format) => (
              <Button
                key={format}
                size="small"
                loading={busy === `${one.kind}.${format}`}
                aria-label={`${one.title[language]} ${t.label("exportFormat", format)}`}
                onClick={() => void save(one.kind, format)}
              >
                {t.label("exportFormat", format)}
              </Button>
            ))}
          </li>
        ))}
    </ul>
  );
}
