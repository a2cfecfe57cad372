import { Button, Drawer } from "antd";
import { useState } from "react";
import { useMay } from "../app/session";
import { useWords } from "../i18n/LanguageProvider";
import { useNarrow } from "../ui/useNarrow";
import { CandidateList } from "./CandidateList";
import { DoubtDialog } from "./DoubtDialog";
import type { Load } from "./moving";
import { useCandidates } from "./useBoard";
import { useDropping } from "./useDropping";
import "../styles/dispatch.css";

interface Props {
  ticket: string;
  /** The visit to give out; empty: a visit is made for the ticket. */
  work_order?: string;
  onPlaced?: (work_order: string) => void;
}

/** The best engineers for a job, from the pages of its ticket and its visit. */
export function AssignButton({ ticket, work_order = "", onPlaced }: Props) {
  const { t } = useWords();
  const may = useMay("dispatch");
  const [open, setOpen] = useState(false);
  if (!may) return null;
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t("dispatch.bestEngineer")}</Button>
      {open && <Choose ticket={ticket} work_order={work_order} onPlaced={onPlaced} onClose={() => setOpen(false)} />}
    </>
  );
}

function Choose({ ticket, work_order = "", onPlaced, onClose }: Props & { onClose: () => void }) {
  const { t } = useWords();
  const narrow = useNarrow(900);
  const found = useCandidates({ ticket, work_order });
  const placed = (number: string) => {
    onClose();
    onPlaced?.(number);
  };
  const { drop, doubt, forget, busy } = useDropping(placed);
  const job = found.data?.job;
  const load: Load | null = job
    ? {
        key: work_order || ticket,
        ticket,
        work_order,
        version: job.version ?? null,
        title: job.title,
        minutes: job.needs.minutes,
        engineer: "",
        start: null,
        window: work_order ? { from: found.data!.window.from, until: found.data!.window.until } : null,
        time_zone: "",
        promised: false,
      }
    : null;
  return (
    <Drawer open size={narrow ? "100%" : 440} title={job?.title ?? t("dispatch.bestEngineer")} onClose={onClose}>
      <CandidateList
        job={{ ticket, work_order }}
        busy={busy}
        onChoose={(one) =>
          load && void drop({ load, engineer: one.engineer, start: new Date(one.starts_at).getTime() })
        }
      />
      {doubt && (
        <DoubtDialog doubt={doubt} busy={busy} onForce={(reason) => void drop(doubt.move, reason)} onClose={forget} />
      )}
    </Drawer>
  );
}
