import { Button } from "antd";
import { useState } from "react";
import { useWords } from "../i18n/LanguageProvider";
import { mayAsk } from "../live/alert";
import { useStored } from "../ui/useStored";

/** Offers notifications once; browsers ask only after a click. */
export function NotificationOffer() {
  const { t } = useWords();
  const [declined, setDeclined] = useStored("notifications.declined", false);
  const [asked, setAsked] = useState(false);
  if (declined || asked || !mayAsk()) return null;
  const allow = () => void Notification.requestPermission().then(() => setAsked(true));
  return (
    <div className="inbox-offer">
      <span>{t("live.offer")}</span>
      <Button size="small" onClick={allow}>
        {t("live.allow")}
      </Button>
      <Button size="small" type="text" onClick={() => setDeclined(true)}>
        {t("live.decline")}
      </Button>
    </div>
  );
}
