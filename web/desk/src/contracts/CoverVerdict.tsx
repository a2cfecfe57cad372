import { CheckCircleFilled, CloseCircleFilled, PieChartFilled } from "@ant-design/icons";
import type { Entitlement } from "../api/contracts";
import { useWords } from "../i18n/LanguageProvider";
import { MoneyText } from "../ui/MoneyText";
import { Facts } from "../ui/Facts";
import { ReasonList } from "./ReasonList";
import "../styles/contracts.css";

/** Who bears a service: the verdict in one line, what the customer pays, and why. */
export function CoverVerdict({ answer }: { answer: Entitlement }) {
  const { t, f } = useWords();
  const kind = !answer.covered ? "none" : answer.share < 100 ? "part" : "all";
  return (
    <div className="verdict" data-cover={kind}>
      <p className="verdict-line">
        {kind === "none" ? <CloseCircleFilled /> : kind === "part" ? <PieChartFilled /> : <CheckCircleFilled />}
        <strong>
          {kind === "none"
            ? t("cover.none")
            : t("cover.borne", { by: t.label("coverBy", answer.by), share: answer.share })}
        </strong>
      </p>
      <Facts
        facts={[
          answer.list_price && {
            label: t("cover.listPrice"),
            value: <MoneyText money={answer.list_price} />,
          },
          answer.price && { label: t("cover.price"), value: <MoneyText money={answer.price} /> },
          { label: t("cover.until"), value: f.date(answer.until) },
          answer.visits_left !== null && {
            label: t("cover.visitsLeft"),
            value: f.number(answer.visits_left),
          },
          answer.limit_left && {
            label: t("cover.limitLeft"),
            value: <MoneyText money={answer.limit_left} />,
          },
        ]}
      />
      <ReasonList reasons={answer.reasons} />
    </div>
  );
}
