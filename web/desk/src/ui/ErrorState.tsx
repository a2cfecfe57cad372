import { Button } from "antd";
import { useWords } from "../i18n/LanguageProvider";
import { useFailureText } from "./useFailureText";

/** A failure in the place of what could not be shown. */
export function ErrorState({ error, retry }: { error: unknown; retry?: () => unknown }) {
  const { t } = useWords();
  const failureText = useFailureText();
  return (
    <div className="state" role="alert">
      <strong>{t("error.title")}</strong>
      <p>{failureText(error)}</p>
      {retry && <Button onClick={() => void retry()}>{t("act.retry")}</Button>}
    </div>
  );
}
