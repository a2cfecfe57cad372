import { useQueryClient } from "@tanstack/react-query";
import { useParams } from "react-router";
import { useTicket, useVisit, visitKey } from "../api/visits";
import type { VisitFile } from "../api/visits";
import { useWords } from "../i18n/LanguageProvider";
import { Page } from "../ui/Page";
import { Pull } from "../ui/Pull";
import { Failed, Loading, Tag } from "../ui/States";
import { Brief } from "./Brief";
import { DeviceCard } from "./DeviceCard";
import { HistoryCard } from "./HistoryCard";
import { NextStep } from "./NextStep";
import { PartsToBring } from "./PartsToBring";
import { Pending } from "./Pending";
import { RunsCard } from "./RunsCard";
import { Suggestions } from "./Suggestions";
import { Summary } from "./Summary";
import { WorkList } from "./WorkList";
import { useForeseen } from "./foreseen";
import { TONE_OF } from "./terms";

/** One visit, from its brief to its summary; what comes next stays under the thumb. */
export default function VisitPage() {
  const { number = "" } = useParams();
  const { t } = useWords();
  const file = useVisit(number);
  if (file.isPending || !file.data) {
    return (
      <Page title={number} back="/">
        {file.isPending ? <Loading /> : <Failed error={file.error} retry={() => void file.refetch()} />}
      </Page>
    );
  }
  return <Shown file={file.data} label={t("visit.title")} />;
}

function Shown({ file, label }: { file: VisitFile; label: string }) {
  const { t, f } = useWords();
  const client = useQueryClient();
  const state = useForeseen(file);
  const ticket = useTicket(file.ticket);
  const { window } = file;
  const zone = f.foreignZone(window.time_zone, window.from);
  const began = state === "on_site" || state === "done";
  return (
    <Page
      title={ticket.data?.customer?.name ?? file.title}
      sub={
        <span className="figures">
          {f.day(window.from, window.time_zone)} {f.span(window.from, window.until, window.time_zone)} {zone}
        </span>
      }
      back="/"
      acts={<span className="topbar-tag"><Tag tone={TONE_OF[state]}>{t.label("visitState", state)}</Tag></span>}
    >
      <Pull
        onPull={() =>
          Promise.all([
            client.invalidateQueries({ queryKey: visitKey(file.number) }),
            client.invalidateQueries({ queryKey: ["ticket", file.ticket] }),
          ])
        }
      >
        <Pending subject={file.number} />
        <section className="form" aria-label={label}>
          {state === "done" && <Summary file={file} />}
          {began && <WorkList file={file} state={state} />}
          <Brief file={file} ticket={ticket.data} />
          <RunsCard number={file.number} state={state} />
          <PartsToBring visit={file.number} ticket={file.ticket} />
          <Suggestions file={file} ticket={ticket.data} />
          {file.serial && <DeviceCard serial={file.serial} short />}
          {file.serial && <HistoryCard serial={file.serial} except={file.number} />}
        </section>
        <NextStep file={file} state={state} contact={ticket.data?.contact ?? null} />
      </Pull>
    </Page>
  );
}
