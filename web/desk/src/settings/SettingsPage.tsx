import { NavLink, Navigate, useParams } from "react-router";
import { useMe } from "../app/session";
import type { Key } from "../i18n/catalogue";
import { useWords } from "../i18n/LanguageProvider";
import { PageHead } from "../ui/PageHead";
import { AccountSection } from "./AccountSection";
import { OfficeHoursSection } from "./OfficeHoursSection";
import { RepliesSection } from "./RepliesSection";
import { UsersSection } from "./UsersSection";
import "../styles/settings.css";

const SECTIONS: { name: string; title: Key; scope?: string; page: () => React.ReactNode }[] = [
  { name: "account", title: "settings.account", page: AccountSection },
  { name: "replies", title: "settings.replies", scope: "conversations:read", page: RepliesSection },
  { name: "hours", title: "settings.hours", scope: "conversations:read", page: OfficeHoursSection },
  { name: "users", title: "settings.users", scope: "users:read", page: UsersSection },
];

export default function SettingsPage() {
  const { t } = useWords();
  const me = useMe();
  const { section } = useParams();
  const allowed = SECTIONS.filter(({ scope }) => !scope || me.scopes.includes(scope));
  const shown = allowed.find(({ name }) => name === section);
  if (!shown) return <Navigate to="/settings/account" replace />;
  const Page = shown.page;
  return (
    <div className="page">
      <PageHead title={t("nav.settings")} />
      <nav className="tabs" aria-label={t("nav.settings")}>
        {allowed.map(({ name, title }) => (
          <NavLink key={name} to={`/settings/${name}`}>
            {t(title)}
          </NavLink>
        ))}
      </nav>
      <Page />
    </div>
  );
}
