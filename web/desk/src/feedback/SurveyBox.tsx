import { CopyOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useMay } from "../app/session";
import { askNow, feedback, surveysOf } from "../api/feedback";
import { useWords } from "../i18n/LanguageProvider";
import { Section } from "../ui/Facts";
import { WhenText } from "../ui/WhenText";
import { useCommand } from "../ui/useCommand";
import { Csat, Nps } from "./bits";
import "../styles/feedback.css";

/** What the customer of a ticket said, or whether they were asked; ask now, or copy the link. */
export function SurveyBox({ number }: { number: string }) {
  const { t } = useWords();
  const mayRead = useMay("feedback:read");
  const mayAsk = useMay("feedback:write");
  const { message } = App.useApp();
  const surveys = useQuery({
    queryKey: ["feedback", "surveys", number],
    queryFn: () => surveysOf(number),
    enabled: mayRead,
  });
  const said = useQuery({
    queryKey: ["feedback", "of", number],
    queryFn: () => feedback({ ticket: number, limit: 5 }),
    enabled: mayRead,
  });
  const ask = useCommand({
    run: (way: string, how) => askNow(number, way, how.key),
    refresh: [["feedback"]],
    onDone: (made) => {
      if (made.secret) void navigator.clipboard.writeText(made.secret).then(() => message.success(t("survey.linkCopied")));
      else void message.success(t("survey.sentDone", { way: t.label("surveyWay", made.survey.way) }));
    },
  });
  if (!mayRead) return null;
  const answered = (said.data?.items.length ?? 0) > 0;
  return (
    <Section title={t("survey.title")}>
      {said.data?.items.map((one) => (
        <div key={one.id} className="said">
          <span className="row-card-facts">
            <Csat score={one.csat} />
            <Nps score={one.nps} />
            <WhenText at={one.answered_at} relative />
          </span>
          {one.comment && <p className="plain">{one.comment}</p>}
        </div>
      ))}
      {surveys.data && !answered && (
        <p className="quiet">
          {surveys.data[0]
            ? `${t.label("surveyState", surveys.data[0].state)}${surveys.data[0].reason ? `: ${t.label("surveyHeld", surveys.data[0].reason)}` : ""}`
            : t("survey.notAsked")}
        </p>
      )}
      {mayAsk && !answered && (
        <span className="callback-acts">
          <Button size="small" loading={ask.busy} onClick={() => ask.submit("auto")}>
            {t("survey.send")}
          </Button>
          <Button size="small" type="text" icon={<CopyOutlined />} onClick={() => ask.submit("link")}>
            {t("survey.copyLink")}
          </Button>
        </span>
      )}
    </Section>
  );
}
