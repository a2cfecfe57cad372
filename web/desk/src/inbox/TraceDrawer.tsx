import { Drawer } from "antd";
import type { Message } from "../api/types";
import { useWords } from "../i18n/LanguageProvider";
import { Spark } from "../ui/Spark";
import { TraceValue } from "./TraceValue";

interface Props {
  message: Message | undefined;
  onClose: () => void;
}

/** What comes first when somebody asks why the bot said that. */
const FIRST = ["decision", "reasons", "confidence", "intent", "model", "citations", "passages"];

const rank = (name: string): number => {
  const at = FIRST.indexOf(name);
  return at < 0 ? FIRST.length : at;
};

/** Why the bot said it: everything its turn has recorded, the telling things first. */
export function TraceDrawer({ message, onClose }: Props) {
  const { t, f } = useWords();
  const entries = Object.entries(message?.trace ?? {}).sort(([a], [b]) => rank(a) - rank(b));
  return (
    <Drawer
      open={!!message}
      onClose={onClose}
      size={440}
      title={
        <span className="ai-title">
          <Spark /> {t("trace.why")}
        </span>
      }
    >
      {message && (
        <>
          <blockquote className="trace-quote">{message.text || t("trace.card")}</blockquote>
          <p className="trace-when">{f.dateTime(message.created_at)}</p>
          <dl className="trace">
            {entries.map(([name, value]) => (
              <div key={name}>
                <dt>{t.label("trace", name)}</dt>
                <dd>
                  <TraceValue name={name} value={value} />
                </dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </Drawer>
  );
}
