import type { ReactNode } from "react";
import { useWords } from "../i18n/LanguageProvider";
import { PageHead } from "./PageHead";

interface Props {
  title: ReactNode;
  /** State, number and the like, in one line below the title. */
  sub?: ReactNode;
  back: { to: string; label: string };
  acts?: ReactNode;
  /** Stands over all three columns, such as a warning that binds the whole record. */
  banner?: ReactNode;
  facts: ReactNode;
  /** What happened and what is done here. */
  children: ReactNode;
  /** Names the middle for those who hear the page. */
  label: string;
  related?: ReactNode;
}

/** The shape of every record: title and state, key facts left, work middle, related right. */
export function DetailPage(props: Props) {
  const { t } = useWords();
  return (
    <div className="page page-record">
      <PageHead back={props.back} title={props.title} sub={props.sub}>
        {props.acts}
      </PageHead>
      {props.banner}
      <div className="record">
        <aside className="record-facts" aria-label={t("ticket.facts")}>
          {props.facts}
        </aside>
        <section className="record-main" aria-label={props.label}>
          {props.children}
        </section>
        {props.related && (
          <aside className="record-related" aria-label={t("ticket.related")}>
            {props.related}
          </aside>
        )}
      </div>
    </div>
  );
}
