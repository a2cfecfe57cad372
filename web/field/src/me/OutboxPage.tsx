import { outbox, useCommands } from "../commands/outbox";
import { useWords } from "../i18n/LanguageProvider";
import { Button } from "../ui/Button";
import { Page } from "../ui/Page";
import { Empty } from "../ui/States";
import { Pending } from "../visit/Pending";

/** Every act that the server has not said yes to. */
export default function OutboxPage() {
  const { t } = useWords();
  const commands = useCommands();
  return (
    <Page title={t("outbox.title")} back="/me">
      {commands.length === 0 ? (
        <Empty icon="check" title={t("outbox.empty")} hint={t("outbox.emptyHint")} />
      ) : (
        <>
          <p className="quiet">{t("outbox.hint")}</p>
          <Button icon="refresh" onClick={() => outbox.resume()}>
            {t("outbox.sendAll")}
          </Button>
          <Pending />
        </>
      )}
    </Page>
  );
}
