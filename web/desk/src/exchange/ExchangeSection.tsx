import { useMay } from "../app/session";
import { useWords } from "../i18n/LanguageProvider";
import { Section } from "../ui/Facts";
import { ExportList } from "./ExportList";
import { ImportRuns } from "./ImportRuns";
import { ImportWizard } from "./ImportWizard";
import "../styles/exchange.css";

/** Data in and out as files: a wizard that checks before it loads, past runs, every export. */
export function ExchangeSection() {
  const { t } = useWords();
  const mayImport = useMay("import");
  const mayExport = useMay("export");
  return (
    <div className="settings exchange">
      {mayImport && (
        <>
          <ImportWizard />
          <Section title={t("exchange.runs")}>
            <ImportRuns />
          </Section>
        </>
      )}
      {mayExport && (
        <Section title={t("exchange.exports")}>
          <ExportList />
        </Section>
      )}
    </div>
  );
}
