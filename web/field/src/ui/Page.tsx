import { useEffect } from "react";
import type { ReactNode } from "react";
import { useNavigate } from "react-router";
import { useWords } from "../i18n/LanguageProvider";
import { Icon } from "./Icon";

interface Props {
  title: string;
  sub?: ReactNode;
  /** Where the arrow leads; absent on the pages of the bottom bar. */
  back?: string;
  acts?: ReactNode;
  children: ReactNode;
}

/** One page: its name above, what it shows below; the name is the document's title too. */
export function Page({ title, sub, back, acts, children }: Props) {
  const { t } = useWords();
  const navigate = useNavigate();
  useEffect(() => {
    document.title = `${title} · Careloop`;
  }, [title]);
  return (
    <>
      <header className="topbar">
        {back !== undefined && (
          <button type="button" className="icon-button back" aria-label={t("act.back")} onClick={() => void navigate(back)}>
            <Icon name="back" />
          </button>
        )}
        <h1>
          {title}
          {sub && <span className="sub">{sub}</span>}
        </h1>
        {acts}
      </header>
      <main className="page">{children}</main>
    </>
  );
}
