import { Alert } from "antd";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "react-router";
import { useMay } from "../app/session";
import { customer } from "../api/records";
import { visit } from "../api/visits";
import type { VisitFile } from "../api/visits";
import { setVisitValues } from "../api/customise";
import type { OwnValues } from "../api/customise";
import { OwnFacts } from "../customise/OwnFacts";
import { useOwnSave } from "../customise/useOwnSave";
import { useWords } from "../i18n/LanguageProvider";
import { DetailPage } from "../ui/DetailPage";
import { ErrorState } from "../ui/ErrorState";
import { Facts, Section } from "../ui/Facts";
import { PageSkeleton } from "../ui/Skeletons";
import { WhenText } from "../ui/WhenText";
import { RunPanel } from "../sop/RunPanel";
import { StateTag } from "../tickets/Tags";
import { VisitBook } from "./VisitBook";
import { VisitState } from "./VisitState";
import { WindowText } from "./WindowText";
import { VisitActs } from "./acts/VisitActs";
import { useEngineerName } from "./useEngineers";
import { OPEN_VISITS } from "./terms";
import "../styles/visits.css";

/** The links to pictures in a visit's file work for an hour. */
export const useVisitFile = (number: string) =>
  useQuery({ queryKey: ["visits", number], queryFn: () => visit(number) });

/** A visit: appointment left, what was written down middle, what it belongs to right. */
export default function VisitPage() {
  const { number = "" } = useParams();
  const file = useVisitFile(number);
  if (file.isPending) return <PageSkeleton />;
  if (!file.data) return <ErrorState error={file.error} retry={() => file.refetch()} />;
  return <Shown key={number} file={file.data} />;
}

function Shown({ file }: { file: VisitFile }) {
  const { t } = useWords();
  const nameOf = useEngineerName();
  const mayWork = useMay("work:write");
  const save = useOwnSave([["visits"]], (custom, key) =>
    setVisitValues(file.number, custom, file.version, key),
  );
  return (
    <DetailPage
      back={{ to: "/visits", label: t("nav.visits") }}
      label={t("visit.book")}
      title={file.purpose || file.title || file.number}
      sub={
        <>
          <span className="figures">{file.number}</span>
          <VisitState state={file.state} result={file.result} />
          <WindowText window={file.window} />
          <span>{file.engineer ? nameOf(file.engineer) : t("visit.noEngineer")}</span>
        </>
      }
      acts={<VisitActs file={file} mayWork={mayWork} />}
      banner={<Warnings file={file} />}
      facts={
        <>
          <Appointment file={file} />
          <OwnFacts
            subject="work_order"
            values={file.custom as OwnValues}
            save={mayWork && file.state !== "cancelled" ? save : undefined}
          />
        </>
      }
      related={<Belongs file={file} />}
    >
      <RunPanel number={file.number} open={OPEN_VISITS.includes(file.state)} />
      <VisitBook file={file} mayWork={mayWork} />
    </DetailPage>
  );
}

function Warnings({ file }: { file: VisitFile }) {
  const { t } = useWords();
  const overlaps = file.overlaps ?? [];
  if (overlaps.length === 0 && !file.unsigned_facts) return null;
  return (
    <>
      {overlaps.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={
            <>
              {t("visit.overlaps")}{" "}
              {overlaps.map((one) => (
                <Link key={one} to={`/visits/${encodeURIComponent(one)}`} className="figures">
                  {one}{" "}
                </Link>
              ))}
            </>
          }
        />
      )}
      {file.unsigned_facts > 0 && (
        <Alert type="info" showIcon title={t("visit.unsigned", { count: file.unsigned_facts })} />
      )}
    </>
  );
}

function Appointment({ file }: { file: VisitFile }) {
  const { t, f } = useWords();
  const nameOf = useEngineerName();
  return (
    <Facts
      facts={[
        { label: t("visit.window"), value: <WindowText window={file.window} />, wide: true },
        {
          label: t("visit.promised"),
          value: file.confirmed_at ? <WhenText at={file.confirmed_at} /> : t("visit.notConfirmed"),
        },
        file.moved_count > 0 && {
          label: t("visit.moved"),
          value: t("ticket.times", { count: file.moved_count }),
        },
        {
          label: t("ticket.engineer"),
          value: file.engineer
            ? [nameOf(file.engineer), file.engineer].filter((one, at, all) => all.indexOf(one) === at).join(" · ")
            : t("visit.noEngineer"),
        },
        { label: t("visit.site"), value: file.site },
        { label: t("visit.visitNo"), value: f.number(file.visit) },
        !!file.departed_at && { label: t("visit.departed"), value: <WhenText at={file.departed_at} /> },
        file.check_in && { label: t("visit.arrived"), value: <Stamp stamp={file.check_in} /> },
        file.check_out && { label: t("visit.left"), value: <Stamp stamp={file.check_out} /> },
        file.travel_minutes > 0 && {
          label: t("visit.travel"),
          value: [
            t("visit.minutesCount", { count: file.travel_minutes }),
            file.travel_km !== null && `${f.number(file.travel_km, 1)} km`,
          ]
            .filter(Boolean)
            .join(" · "),
        },
        !!file.result && { label: t("visit.result"), value: t.label("visitResult", file.result) },
        !!file.repeat_reason && {
          label: t("visit.repeatReason"),
          value: t.label("repeatReason", file.repeat_reason),
        },
        { label: t("visit.reason"), value: file.reason, wide: true },
      ]}
    />
  );
}

function Stamp({ stamp }: { stamp: NonNullable<VisitFile["check_in"]> }) {
  const { f } = useWords();
  const exact = typeof stamp.lat === "number" && typeof stamp.lon === "number";
  return (
    <>
      <WhenText at={stamp.at} />
      {stamp.place && <div className="quiet">{stamp.place}</div>}
      {exact && (
        <div className="quiet figures">
          {stamp.lat?.toFixed(5)}, {stamp.lon?.toFixed(5)}
          {typeof stamp.accuracy_m === "number" && ` ± ${f.number(stamp.accuracy_m)} m`}
        </div>
      )}
    </>
  );
}

function Belongs({ file }: { file: VisitFile }) {
  const { t } = useWords();
  return (
    <>
      <Section title={t("visit.ticket")}>
        <Link to={`/tickets/${encodeURIComponent(file.ticket)}`} className="side-link">
          {file.title}
        </Link>
        <p className="ticket-links-facts">
          <StateTag state={file.ticket_state} />
          <span className="figures">{file.ticket}</span>
        </p>
      </Section>
      {file.serial && (
        <Section title={t("ticket.device")}>
          <Link to={`/devices/${encodeURIComponent(file.serial)}`} className="side-link figures">
            {file.serial}
          </Link>
        </Section>
      )}
      {file.customer_id && <CustomerLink id={file.customer_id} />}
      {file.signatures.length > 0 && (
        <Section title={t("visit.signatures")}>
          <ul className="family">
            {file.signatures.map((one) => (
              <li key={one.id}>
                <strong>{one.name}</strong> <span className="quiet">{one.role}</span>
                <WhenText at={one.signed_at} />
                {one.url && <img className="signature" src={one.url} alt={t("visit.signatureOf", { name: one.name })} />}
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}

function CustomerLink({ id }: { id: string }) {
  const { t } = useWords();
  const may = useMay("customers:read");
  const found = useQuery({ queryKey: ["customers", id], queryFn: () => customer(id), enabled: may });
  if (!may) return null;
  return (
    <Section title={t("side.customer")}>
      <Link to={`/customers/${id}`} className="side-link">
        {found.data?.customer.name ?? t("visit.openCustomer")}
      </Link>
    </Section>
  );
}
