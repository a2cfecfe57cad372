import { useWords } from "../i18n/LanguageProvider";
import type { Contract } from "../api/contracts";
import { ENDING_DAYS } from "./terms";

/** How a contract stands; an end that is near is said with its days. */
export function ContractStateTag({ contract }: { contract: Pick<Contract, "state" | "days_left"> }) {
  const { t } = useWords();
  const { state, days_left: days } = contract;
  const ending = state === "active" && days !== null && days <= ENDING_DAYS;
  return (
    <span className="tag" data-contract={ending ? "ending" : state}>
      {ending ? t("contract.endsIn", { count: days }) : t.label("contractState", state)}
    </span>
  );
}
