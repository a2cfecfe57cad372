import { WarningFilled } from "@ant-design/icons";
import { useWords } from "../i18n/LanguageProvider";
import type { Run, Sop } from "./api";
import { CERTIFIED, standing } from "./terms";

export function SopStateTag({ state }: { state: Sop["state"] }) {
  const { t } = useWords();
  return (
    <span className="tag" data-sop={state}>
      {t.label("sopState", state)}
    </span>
  );
}

export function HazardTag({ hazard }: { hazard: string }) {
  const { t } = useWords();
  if (hazard === "none") return null;
  return (
    <span className="tag hazard-tag" data-hazard={hazard}>
      <WarningFilled aria-hidden /> {t.label("sopHazard", hazard)}
    </span>
  );
}

/** Who may do it, in words; a skill by its own name. */
export function useRoleText(): (role: string) => string {
  const { t } = useWords();
  return (role) =>
    role.startsWith(CERTIFIED)
      ? t("sop.certifiedFor", { skill: role.slice(CERTIFIED.length) })
      : t.label("sopRole", role);
}

export function RunTag({ run }: { run: Run }) {
  const { t } = useWords();
  const code = standing(run);
  return (
    <span className="tag" data-run={code}>
      {run.result ? t.label("runResult", run.result) : t.label("runState", run.state)}
    </span>
  );
}
