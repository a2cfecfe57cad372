import { EnvironmentOutlined } from "@ant-design/icons";
import { Button, Form } from "antd";
import { useState } from "react";
import type { VisitFile } from "../../api/visits";
import { useWords } from "../../i18n/LanguageProvider";
import { UnfinishedReason } from "../../sop/UnfinishedReason";
import { REPEAT_REASONS, RESULTS } from "../terms";
import { ActDialog } from "./ActDialog";
import type { ActProps } from "./ActDialog";
import { needsRepeatReason } from "./bodies";
import { ChoiceField, NumberField, TextField, WhenField } from "./fields";

export function ConfirmAct(props: ActProps) {
  const { t } = useWords();
  return (
    <ActDialog {...props} act="confirm" based>
      <TextField name="note" label={t("visit.agreedWith")} max={1000} />
    </ActDialog>
  );
}

export function DepartAct(props: ActProps) {
  return (
    <ActDialog {...props} act="depart" based>
      <WhenField />
    </ActDialog>
  );
}

export function CancelAct(props: ActProps) {
  const { t } = useWords();
  return (
    <ActDialog {...props} act="cancel" based danger>
      <TextField name="reason" label={t("visit.reason")} required rows={2} max={1000} />
    </ActDialog>
  );
}

export function ReviseAct(props: ActProps) {
  const { t } = useWords();
  return (
    <ActDialog {...props} act="revise" based>
      <TextField name="reason" label={t("visit.reviseReason")} required rows={2} max={1000} />
    </ActDialog>
  );
}

interface Fix {
  lat: number;
  lon: number;
  accuracy_m: number;
}

export function CheckInAct(props: ActProps) {
  const { t } = useWords();
  const [fix, setFix] = useState<Fix>();
  return (
    <ActDialog
      {...props}
      act="check-in"
      based
      first={{ place: props.visit.site }}
      extra={() => ({ ...fix })}
    >
      <TextField name="place" label={t("visit.place")} />
      <LocateButton fix={fix} onFix={setFix} />
      <div className="form-two">
        <NumberField name="travel_minutes" label={t("visit.travelMinutes")} min={0} max={10_080} />
        <NumberField name="travel_km" label={t("visit.travelKm")} min={0} max={99_999} exact />
      </div>
      <WhenField />
    </ActDialog>
  );
}

/** The place of this machine, only when it is asked for. */
function LocateButton({ fix, onFix }: { fix?: Fix; onFix: (fix: Fix) => void }) {
  const { t, f } = useWords();
  const [state, setState] = useState<"idle" | "asking" | "failed">("idle");
  const ask = () => {
    setState("asking");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setState("idle");
        onFix({ lat: coords.latitude, lon: coords.longitude, accuracy_m: coords.accuracy });
      },
      () => setState("failed"),
      { enableHighAccuracy: true, timeout: 15_000 },
    );
  };
  if (!("geolocation" in navigator)) return null;
  return (
    <Form.Item>
      <Button icon={<EnvironmentOutlined />} loading={state === "asking"} onClick={ask}>
        {t("visit.locate")}
      </Button>{" "}
      {fix && <span className="quiet">{t("visit.located", { metres: f.number(fix.accuracy_m) })}</span>}
      {state === "failed" && <span className="form-error">{t("visit.notLocated")}</span>}
    </Form.Item>
  );
}

export function FinishAct(props: ActProps & { file: VisitFile }) {
  const { t } = useWords();
  return (
    <ActDialog
      {...props}
      act="finish"
      based
      first={{ result: "solved", report: props.file.report, travel_minutes: props.file.travel_minutes || null }}
    >
      <ChoiceField name="result" label={t("visit.result")} required group="visitResult" codes={RESULTS} />
      <AfterResult />
      <UnfinishedReason number={props.file.number} />
      {!props.file.signed && <TextField name="report" label={t("visit.report")} rows={4} max={20_000} />}
      <div className="form-two">
        <NumberField name="travel_minutes" label={t("visit.travelMinutes")} min={0} max={10_080} />
        <NumberField name="travel_km" label={t("visit.travelKm")} min={0} max={99_999} exact />
      </div>
      <WhenField />
    </ActDialog>
  );
}

/** What a result asks for: the fault where it is solved, else why, and what to bring next time. */
function AfterResult() {
  const { t } = useWords();
  const form = Form.useFormInstance();
  const result = Form.useWatch("result", form) as string | undefined;
  const again = needsRepeatReason(result);
  const brokenOff = result === "no_access" || result === "cancelled_on_site";
  return (
    <>
      {!brokenOff && <TextField name="component" label={t("ticket.component")} max={120} />}
      {brokenOff && <TextField name="reason" label={t("visit.brokenOff")} required max={1000} />}
      {again && (
        <>
          <ChoiceField
            name="repeat_reason"
            label={t("visit.repeatReason")}
            required
            group="repeatReason"
            codes={REPEAT_REASONS}
          />
          <TextField name={["next_visit", "skill"]} label={t("visit.nextSkill")} max={100} />
          <TextField name={["next_visit", "note"]} label={t("visit.nextNote")} rows={2} max={2000} />
        </>
      )}
    </>
  );
}
