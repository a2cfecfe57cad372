import { App, Button } from "antd";
import { useCallback } from "react";
import { useWords } from "../i18n/LanguageProvider";
import { useFailure } from "./useFailureText";

let shown = 0;

/** Say what was done, with a button that takes it back. */
export function useUndo(): (text: string, undo: () => Promise<unknown>) => void {
  const { message } = App.useApp();
  const { t } = useWords();
  const { fail } = useFailure();
  return useCallback(
    (text, undo) => {
      const key = `undo-${++shown}`;
      const takeBack = async () => {
        message.destroy(key);
        try {
          await undo();
        } catch (error) {
          fail(error);
        }
      };
      void message.open({
        key,
        type: "success",
        duration: 7,
        content: (
          <>
            {text}
            <Button type="link" size="small" onClick={() => void takeBack()}>
              {t("act.undo")}
            </Button>
          </>
        ),
      });
    },
    [message, t, fail],
  );
}
