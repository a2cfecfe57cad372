import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Input } from "antd";
import { Link, useSearchParams } from "react-router";
import { suggest } from "../api/faults";
import type { Suggestions } from "../api/faults";
import { useWords } from "../i18n/LanguageProvider";
import { EmptyState } from "../ui/EmptyState";
import { ErrorState } from "../ui/ErrorState";
import { PageHead } from "../ui/PageHead";
import { useDebounced } from "../ui/useDebounced";
import { FaultTabs } from "./FaultTabs";
import { FaultState, SuccessBar } from "./bits";
import { pathOf, percent, titleOf } from "./terms";
import "../styles/faults.css";

const FIELDS = ["text", "model", "code"] as const;

/** What may be behind a report: told in any language, answered from the evidence. */
export default function TryPage() {
  const { t, language } = useWords();
  const [params, setParams] = useSearchParams();
  const told = Object.fromEntries(FIELDS.map((name) => [name, params.get(name) ?? ""]));
  const asked = useDebounced(told);
  const empty = FIELDS.every((name) => !asked[name]?.trim());
  const found = useQuery({
    queryKey: ["faults", "suggest", asked, language],
    queryFn: ({ signal }) => suggest({ ...asked, lang: language, limit: 8 }, signal),
    enabled: !empty,
    placeholderData: keepPreviousData,
  });
  const set = (name: string, value: string) =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before);
        if (value) next.set(name, value);
        else next.delete(name);
        return next;
      },
      { replace: true },
    );
  return (
    <div className="page">
      <PageHead title={t("nav.faults")} sub={t("faults.tryHint")} />
      <FaultTabs />
      <form className="try-form" role="search" onSubmit={(event) => event.preventDefault()}>
        <Input.TextArea
          autoFocus
          autoSize={{ minRows: 2, maxRows: 5 }}
          value={told.text}
          maxLength={2000}
          placeholder={t("faults.tryText")}
          aria-label={t("faults.tryText")}
          onChange={(event) => set("text", event.target.value)}
        />
        <Input value={told.model} placeholder={t("fault.model")} aria-label={t("fault.model")} onChange={(event) => set("model", event.target.value)} />
        <Input value={told.code} placeholder={t("fault.code")} aria-label={t("fault.code")} onChange={(event) => set("code", event.target.value)} />
      </form>
      {empty && <EmptyState title={t("faults.tryEmpty")} hint={t("faults.tryEmptyHint")} />}
      {found.isError && <ErrorState error={found.error} retry={() => found.refetch()} />}
      {!empty && found.data && <Shown found={found.data} />}
    </div>
  );
}

function Shown({ found }: { found: Suggestions }) {
  const { t, f } = useWords();
  return (
    <>
      {found.understood.length > 0 && (
        <p className="understood">
          {t("faults.understood")}{" "}
          {found.understood.map((one) => (
            <span key={one.concept} className="tag">
              {one.name}
            </span>
          ))}
        </p>
      )}
      {found.items.length === 0 && <EmptyState title={t("faults.nothingFits")} hint={t("faults.nothingFitsHint")} />}
      <ol className="suggestions">
        {found.items.map((one) => (
          <li key={one.fault.number}>
            <span className="suggestion-share figures">{percent(one.share, f.number)}</span>
            <div>
              <span className="draft-head">
                <Link to={pathOf(one.fault.number)}>
                  <span className="figures">{one.fault.number}</span> <strong>{titleOf(one.fault)}</strong>
                </Link>
                <FaultState state={one.fault.state} />
                <SuccessBar success={one.fault.success} />
              </span>
              <span>
                {[one.fault.cause.label, one.fault.remedy.label].filter(Boolean).join(" → ")}
              </span>
              <small className="quiet block">
                {one.reasons
                  .map(({ code, args }) => t.label("faultReason", code).replace(/\{(\w+)\}/g, (_, name: string) => String(args?.[name] ?? "")))
                  .join(" · ")}
              </small>
              {one.parts.length > 0 && (
                <small className="quiet block">
                  {t("fault.usualParts")}:{" "}
                  {one.parts.slice(0, 4).map((part) => `${part.part} ${part.name} (${part.cases}/${part.of})`).join(", ")}
                  {one.minutes && ` · ${t("fault.minutesOf", { count: one.minutes.median })}`}
                </small>
              )}
            </div>
          </li>
        ))}
      </ol>
    </>
  );
}
