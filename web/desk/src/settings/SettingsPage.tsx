import { NavLink, Navigate, useParams } from "react-router";
import { useMe } from "../app/session";
import { useWords } from "../i18n/LanguageProvider";
import { FieldsSection } from "../customise/FieldsSection";
import { FormsSection } from "../customise/FormsSection";
import { RulesSection } from "../customise/RulesSection";
import { ExchangeSection } from "../exchange/ExchangeSection";
import { ConnectorsSection } from "../outbound/ConnectorsSection";
import { WebhooksSection } from "../outbound/WebhooksSection";
import { PrivacySection } from "../privacy/PrivacySection";
import { PageHead } from "../ui/PageHead";
import { useTabInSight } from "../ui/useTabInSight";
import { AccountSection } from "./AccountSection";
import { AuditSection } from "./AuditSection";
import { OfficeHoursSection } from "./OfficeHoursSection";
import { RepliesSection } from "./RepliesSection";
import { UsersSection } from "./UsersSection";
import { settingsOf } from "./sections";
import type { SectionName } from "./sections";
import "../styles/settings.css";

const PAGES: Record<SectionName, () => React.ReactNode> = {
  account: AccountSection,
  replies: RepliesSection,
  hours: OfficeHoursSection,
  users: UsersSection,
  fields: FieldsSection,
  forms: FormsSection,
  rules: RulesSection,
  exchange: ExchangeSection,
  webhooks: WebhooksSection,
  connectors: ConnectorsSection,
  privacy: PrivacySection,
  audit: AuditSection,
};

export default function SettingsPage() {
  const { t } = useWords();
  const me = useMe();
  const { section } = useParams();
  const tabs = useTabInSight();
  const allowed = settingsOf(me.scopes);
  const shown = allowed.find(({ name }) => name === section);
  if (!shown) return <Navigate to="/settings/account" replace />;
  const Page = PAGES[shown.name];
  return (
    <div className="page">
      <PageHead title={t("nav.settings")} />
      <nav ref={tabs} className="tabs" aria-label={t("nav.settings")}>
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
