import { PrinterOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useParams } from "react-router";
import { useMe } from "../app/session";
import { useWords } from "../i18n/LanguageProvider";
import { ErrorState } from "../ui/ErrorState";
import { Facts } from "../ui/Facts";
import { PageHead } from "../ui/PageHead";
import { PageSkeleton } from "../ui/Skeletons";
import { Labour, Parts, Photos, Readings } from "./VisitBook";
import { useVisitFile } from "./VisitPage";
import { WindowText } from "./WindowText";
import "../styles/visits.css";
import "../styles/print.css";

/** The report of a visit as one sheet, for paper or PDF. */
export default function VisitReportPage() {
  const { number = "" } = useParams();
  const { t, f } = useWords();
  const me = useMe();
  const found = useVisitFile(number);
  if (found.isPending) return <PageSkeleton />;
  if (!found.data) return <ErrorState error={found.error} retry={() => found.refetch()} />;
  const file = found.data;
  return (
    <div className="page page-sheet">
      <PageHead
        back={{ to: `/visits/${encodeURIComponent(number)}`, label: number }}
        title={t("visit.reportTitle", { number })}
        sub={<span>{me.tenant.name}</span>}
      >
        <Button className="no-print" icon={<PrinterOutlined />} onClick={() => window.print()}>
          {t("visit.printNow")}
        </Button>
      </PageHead>
      <article className="sheet">
        <Facts
          facts={[
            { label: t("visit.ticket"), value: `${file.ticket} · ${file.title}` },
            { label: t("ticket.serial"), value: file.serial },
            { label: t("visit.site"), value: file.site },
            { label: t("visit.window"), value: <WindowText window={file.window} /> },
            { label: t("ticket.engineer"), value: file.engineer },
            { label: t("visit.arrived"), value: f.dateTime(file.check_in?.at) },
            { label: t("visit.left"), value: f.dateTime(file.check_out?.at) },
            { label: t("visit.result"), value: file.result && t.label("visitResult", file.result) },
          ]}
        />
        <h2>{t("visit.report")}</h2>
        <p className="plain">{file.report || t("state.none")}</p>
        <h2>{t("visit.labour")}</h2>
        <Labour file={file} />
        <h2>{t("visit.readings")}</h2>
        <Readings file={file} />
        <h2>{t("visit.parts")}</h2>
        <Parts file={file} />
        {file.photos.length > 0 && (
          <>
            <h2>{t("visit.photos")}</h2>
            <Photos file={file} />
          </>
        )}
        <h2>{t("visit.signature")}</h2>
        {file.signature ? (
          <div className="sheet-signature">
            {file.signature.url && (
              <img src={file.signature.url} alt={t("visit.signatureOf", { name: file.signature.name })} />
            )}
            <p>
              {[file.signature.name, file.signature.role, f.dateTime(file.signature.signed_at)]
                .filter(Boolean)
                .join(" · ")}
            </p>
            <p className="quiet sheet-digest">SHA-256 {file.signature.digest}</p>
          </div>
        ) : (
          <p className="quiet">{t("visit.notSigned")}</p>
        )}
      </article>
    </div>
  );
}
