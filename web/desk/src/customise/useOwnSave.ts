import type { QueryKey } from "@tanstack/react-query";
import type { OwnValues } from "../api/customise";
import { useWords } from "../i18n/LanguageProvider";
import { useCommand } from "../ui/useCommand";

/** Saves single values of a record; what was there before stands in its history. */
export function useOwnSave(
  refresh: QueryKey[],
  run: (custom: OwnValues, key: string) => Promise<unknown>,
): (part: OwnValues) => void {
  const { t } = useWords();
  const command = useCommand<OwnValues, unknown>({
    run: (part, { key }) => run(part, key),
    refresh,
    done: () => t("own.saved"),
  });
  return command.submit;
}
