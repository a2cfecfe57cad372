import { App } from "antd";
import { useCallback } from "react";
import { ApiProblem, Unreachable } from "../api/problem";
import { useWords } from "../i18n/LanguageProvider";

/** What to tell a person about a failure: the backend's own words where it gave some. */
export function useFailureText(): (error: unknown) => string {
  const { t } = useWords();
  return useCallback(
    (error) => {
      if (error instanceof Unreachable) return t("error.unreachable");
      if (error instanceof ApiProblem) {
        return error.detail || t("error.status", { status: error.status });
      }
      return t("error.unknown");
    },
    [t],
  );
}

/** Show a failure as a passing message. */
export function useFailure(): { fail: (error: unknown) => void } {
  const { message } = App.useApp();
  const failureText = useFailureText();
  const fail = useCallback(
    (error: unknown) => void message.error(failureText(error), 6),
    [message, failureText],
  );
  return { fail };
}
