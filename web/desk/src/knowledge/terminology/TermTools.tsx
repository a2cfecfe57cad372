import { DownloadOutlined, UploadOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import { Suspense, lazy, useState } from "react";
import { termExport } from "../../api/knowledgeTerms";
import { useMay } from "../../app/session";
import { useWords } from "../../i18n/LanguageProvider";

const TermImport = lazy(() => import("./TermImport"));

/** Terms out and in as files. */
export function TermTools() {
  const { t } = useWords();
  const mayWrite = useMay("knowledge:write");
  const [importing, setImporting] = useState(false);
  const link = (format: "csv" | "tbx") => ({
    key: format,
    label: (
      <a href={termExport(format)} download>
        {t.label("termFormat", format)}
      </a>
    ),
  });
  return (
    <>
      <Dropdown trigger={["click"]} menu={{ items: [link("csv"), link("tbx")] }}>
        <Button icon={<DownloadOutlined />}>{t("list.export")}</Button>
      </Dropdown>
      {mayWrite && (
        <Button icon={<UploadOutlined />} onClick={() => setImporting(true)}>
          {t("terms.import")}
        </Button>
      )}
      {importing && (
        <Suspense fallback={null}>
          <TermImport onClose={() => setImporting(false)} />
        </Suspense>
      )}
    </>
  );
}
