import { Segmented } from "antd";
import { Suspense, lazy } from "react";
import { useSearchParams } from "react-router";
import { useWords } from "../../i18n/LanguageProvider";
import { PageHead } from "../../ui/PageHead";
import { LinesSkeleton } from "../../ui/Skeletons";
import { KnowledgeTabs } from "../KnowledgeTabs";
import { TermList } from "./TermList";
import { TermTools } from "./TermTools";
import "../../styles/knowledge-terms.css";
import "../../styles/knowledge.css";

const TermProblems = lazy(() => import("./TermProblems"));
const TermProposals = lazy(() => import("./TermProposals"));

const PARTS = ["list", "proposals", "check"] as const;
type Part = (typeof PARTS)[number];

/** The words of the trade in all languages: what search and translation take for the same. */
export default function TermsPage() {
  const { t } = useWords();
  const [params, setParams] = useSearchParams();
  const asked = params.get("part");
  const part = PARTS.find((one) => one === asked) ?? "list";
  return (
    <div className="page">
      <PageHead title={t("nav.knowledge")} sub={t("terms.sub")}>
        <TermTools />
      </PageHead>
      <KnowledgeTabs />
      <div className="filters">
        <Segmented<Part>
          aria-label={t("knowledge.terms")}
          value={part}
          options={PARTS.map((one) => ({ value: one, label: t.label("termPart", one) }))}
          onChange={(one) => setParams(one === "list" ? {} : { part: one }, { replace: true })}
        />
      </div>
      <Suspense fallback={<LinesSkeleton />}>
        {part === "list" && <TermList />}
        {part === "proposals" && <TermProposals />}
        {part === "check" && <TermProblems />}
      </Suspense>
    </div>
  );
}
