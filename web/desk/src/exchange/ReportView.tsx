import { DownloadOutlined } from "@ant-design/icons";
import { Alert, Button, Tabs } from "antd";
import { useState } from "react";
import { importFaults } from "../api/exchange";
import type { ImportReport, ImportRun, RowFault } from "../api/exchange";
import { useWords } from "../i18n/LanguageProvider";

interface Props {
  run: ImportRun;
  report: ImportReport;
}

/** What an import found: counts of each file, rows that cannot be loaded, values left out. */
export function ReportView({ run, report }: Props) {
  const { t, f } = useWords();
  const { counts } = run;
  const faults = report.errors ?? [];
  const warnings = report.warnings ?? [];
  const aside = [...(report.unknown_files ?? []), ...(report.skipped_files ?? []), ...(report.unknown_columns ?? [])];
  const rejected = counts.rejected > 0;
  return (
    <div className="report">
      <Alert
        showIcon
        type={rejected ? "warning" : "success"}
        title={t(run.dry_run ? (rejected ? "exchange.someBad" : "exchange.allGood") : "exchange.loaded")}
        description={t("exchange.summary", {
          created: f.number(counts.created),
          updated: f.number(counts.updated),
          unchanged: f.number(counts.unchanged),
          rejected: f.number(counts.rejected),
        })}
        action={
          faults.length + warnings.length > 0 && (
            <Button icon={<DownloadOutlined />} href={importFaults(run.id)} download>
              {t("exchange.faultsFile")}
            </Button>
          )
        }
      />
      <Tabs
        items={[
          { key: "files", label: t("exchange.files", { count: report.files?.length ?? 0 }), children: <Files report={report} /> },
          {
            key: "faults",
            label: t("exchange.faults", { count: faults.length + (report.errors_left_off ?? 0) }),
            children: <Faults faults={faults} left={report.errors_left_off ?? 0} />,
          },
          { key: "warnings", label: t("exchange.warnings", { count: warnings.length }), children: <Faults faults={warnings} left={0} /> },
          {
            key: "aside",
            label: t("exchange.aside", { count: aside.length }),
            children: (
              <ul className="report-aside">
                {aside.map((one, index) => (
                  <li key={index}>
                    <strong>{[one.file, one.column].filter(Boolean).join(" › ")}</strong> {one.reason}
                  </li>
                ))}
              </ul>
            ),
          },
        ]}
      />
    </div>
  );
}

const COUNTED = ["rows", "created", "updated", "unchanged", "rejected"] as const;

function Files({ report }: { report: ImportReport }) {
  const { t, f } = useWords();
  return (
    <div className="plain-scroll">
      <table className="plain-table">
        <thead>
          <tr>
            <th>{t("exchange.file")}</th>
            <th>{t("exchange.kind")}</th>
            {COUNTED.map((one) => (
              <th key={one} className="end">
                {t.label("importCount", one)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {(report.files ?? []).map((file) => (
            <tr key={file.file}>
              <td>{file.file}</td>
              <td>{t.label("exportKind", file.kind)}</td>
              {COUNTED.map((one) => (
                <td key={one} className="end figures" data-count={file[one] ? one : undefined}>
                  {f.number(file[one] ?? 0)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const PER_PAGE = 100;

function Faults({ faults, left }: { faults: RowFault[]; left: number }) {
  const { t } = useWords();
  const [shown, setShown] = useState(PER_PAGE);
  if (faults.length === 0) return <p className="quiet">{t("state.none")}</p>;
  return (
    <div className="plain-scroll">
      <table className="plain-table">
        <thead>
          <tr>
            <th>{t("exchange.file")}</th>
            <th className="end">{t("exchange.row")}</th>
            <th>{t("exchange.column")}</th>
            <th>{t("exchange.value")}</th>
            <th>{t("exchange.reason")}</th>
          </tr>
        </thead>
        <tbody>
          {faults.slice(0, shown).map((one, index) => (
            <tr key={index}>
              <td>{one.file}</td>
              <td className="end figures">{one.row || t("exchange.whole")}</td>
              <td>{one.column}</td>
              <td className="fault-value">{one.value}</td>
              <td>{one.reason}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {faults.length > shown && (
        <Button type="text" onClick={() => setShown(shown + PER_PAGE)}>
          {t("act.more")}
        </Button>
      )}
      {left > 0 && <p className="quiet">{t("exchange.leftOff", { count: left })}</p>}
    </div>
  );
}
