import { MoreOutlined, PrinterOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Dropdown } from "antd";
import { Suspense, lazy, useState } from "react";
import { useNavigate } from "react-router";
import { nextPlan } from "../../api/visits";
import type { VisitFile } from "../../api/visits";
import { useWords } from "../../i18n/LanguageProvider";
import PlanVisitDrawer from "../PlanVisitDrawer";
import { verbsOf } from "../terms";
import type { Verb } from "../terms";
import { ChangeAct } from "./ChangeAct";
import { PhotoAct } from "./PhotoAct";
import { SignatureAct } from "./SignatureAct";
import { LabourAct, PartAct, ReadingAct, ReportAct } from "./facts";
import { CancelAct, CheckInAct, ConfirmAct, DepartAct, FinishAct, ReviseAct } from "./steps";

const AssignButton = lazy(async () => ({ default: (await import("../../dispatch/AssignButton")).AssignButton }));

/** What can be done with a visit now: the next step as a button, the rest in a menu. */
export function VisitActs({ file, mayWork }: { file: VisitFile; mayWork: boolean }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const [verb, setVerb] = useState<Verb>();
  const [first, ...others] = mayWork ? verbsOf(file) : [];
  return (
    <>
      <Button
        icon={<PrinterOutlined />}
        onClick={() => void navigate(`/visits/${encodeURIComponent(file.number)}/report`)}
      >
        {t("visit.print")}
      </Button>
      {(file.state === "planned" || file.state === "confirmed") && (
        <Suspense fallback={null}>
          <AssignButton ticket={file.ticket} work_order={file.number} />
        </Suspense>
      )}
      {first && (
        <Button type="primary" onClick={() => setVerb(first)}>
          {t.label("visitAct", first)}
        </Button>
      )}
      {others.length > 0 && (
        <Dropdown
          trigger={["click"]}
          menu={{
            items: others.map((key) => ({
              key,
              danger: key === "cancel",
              label: t.label("visitAct", key),
            })),
            onClick: ({ key }) => setVerb(key as Verb),
          }}
        >
          <Button icon={<MoreOutlined />} aria-label={t("visit.moreActs")} />
        </Dropdown>
      )}
      {verb && <OpenAct verb={verb} file={file} close={() => setVerb(undefined)} />}
    </>
  );
}

/** The form of an act. */
export function OpenAct({ verb, file, close }: { verb: Verb; file: VisitFile; close: () => void }) {
  const props = { visit: file, close };
  switch (verb) {
    case "confirm":
      return <ConfirmAct {...props} />;
    case "depart":
      return <DepartAct {...props} />;
    case "check-in":
      return <CheckInAct {...props} />;
    case "labour":
      return <LabourAct {...props} />;
    case "readings":
      return <ReadingAct {...props} />;
    case "photos":
      return <PhotoAct {...props} />;
    case "parts":
      return <PartAct {...props} />;
    case "report":
      return <ReportAct {...props} file={file} />;
    case "signature":
      return <SignatureAct {...props} />;
    case "finish":
      return <FinishAct {...props} file={file} />;
    case "change":
      return <ChangeAct {...props} />;
    case "cancel":
      return <CancelAct {...props} />;
    case "revise":
      return <ReviseAct {...props} />;
    case "next":
      return <NextVisit file={file} close={close} />;
  }
}

function NextVisit({ file, close }: { file: VisitFile; close: () => void }) {
  const plan = useQuery({
    queryKey: ["visits", file.number, "next"],
    queryFn: () => nextPlan(file.number),
    gcTime: 0,
  });
  if (plan.isPending) return null;
  const ticket = { number: file.ticket, title: file.title, engineer: file.engineer };
  return <PlanVisitDrawer ticket={ticket} suggestion={plan.data} close={close} />;
}
