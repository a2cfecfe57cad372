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
        if (error.status === 0) return t("error.unreachable");
        const known = t.problem(error.code);
        if (known) return known;
        if (error.status === 403) return error.detail || t("error.forbidden");
        return error.detail || t("error.status", { status: error.status });
      }
      return t("error.unknown");
    },
    [t],
  );
}
