import { Alert, Typography } from "antd";
import { useWords } from "../i18n/LanguageProvider";

/** A secret in the only moment in which it can be read. */
export function SecretOnce({ secret, onClose }: { secret: string; onClose: () => void }) {
  const { t } = useWords();
  return (
    <Alert
      type="success"
      showIcon
      closable={{ onClose }}
      title={t("webhooks.secretOnce")}
      description={
        <>
          <p>{t("webhooks.secretHint")}</p>
          <Typography.Text copyable code className="secret">
            {secret}
          </Typography.Text>
        </>
      }
    />
  );
}
