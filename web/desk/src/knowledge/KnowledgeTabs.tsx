import { useEffect, useRef } from "react";
import { NavLink, useLocation } from "react-router";
import { useMe } from "../app/session";
import { useWords } from "../i18n/LanguageProvider";
import { KNOWLEDGE_TABS } from "./tabs";

export function KnowledgeTabs() {
  const { t } = useWords();
  const { scopes } = useMe();
  const { pathname } = useLocation();
  const tabs = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a phone the row of tabs scrolls: the one that is open comes into sight.
    tabs.current?.querySelector(".active")?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [pathname]);
  return (
    <nav ref={tabs} className="tabs" aria-label={t("nav.knowledge")}>
      {KNOWLEDGE_TABS.filter(({ scope }) => !scope || scopes.includes(scope)).map((tab) => (
        <NavLink key={tab.to} to={tab.to} end={tab.end}>
          {t(tab.title)}
        </NavLink>
      ))}
    </nav>
  );
}
