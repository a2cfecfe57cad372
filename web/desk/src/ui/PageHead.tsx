import { ArrowLeftOutlined } from "@ant-design/icons";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { useWords } from "../i18n/LanguageProvider";

/** Title line of a page; `back` leads to the list that it belongs to. */
export function PageHead(props: {
  title: ReactNode;
  sub?: ReactNode;
  back?: { to: string; label: string };
  children?: ReactNode;
}) {
  const { t } = useWords();
  return (
    <header className="page-head">
      {props.back && (
        <Link
          to={props.back.to}
          className="page-back"
          aria-label={t("act.backTo", { place: props.back.label })}
        >
          <ArrowLeftOutlined />
        </Link>
      )}
      <div className="page-title">
        <h1>{props.title}</h1>
        {props.sub && <div className="page-sub">{props.sub}</div>}
      </div>
      {props.children && <div className="page-acts">{props.children}</div>}
    </header>
  );
}
