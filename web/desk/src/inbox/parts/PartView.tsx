import type { Part } from "../../api/types";
import { useWords } from "../../i18n/LanguageProvider";
import { DeviceCard } from "./DeviceCard";
import { OptionList } from "./OptionList";
import { SourceChips } from "./SourceChips";
import { StepCard } from "./StepCard";
import { TicketCard } from "./TicketCard";

/** A structured piece of a message as the customer saw it; unknown kinds are left out. */
export function PartView({ part }: { part: Part }) {
  const { t } = useWords();
  switch (part.kind) {
    case "quick_replies":
      return <OptionList options={part.options} />;
    case "sources":
      return <SourceChips sources={part.items} />;
    case "step":
      return <StepCard step={part} />;
    case "device":
      return <DeviceCard device={part} />;
    case "ticket":
      return <TicketCard card={part} />;
    case "rating":
      return <p className="notice">{t("part.rating")}</p>;
    default:
      return null;
  }
}
