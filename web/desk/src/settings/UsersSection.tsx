import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useMay } from "../app/session";
import { loginHints } from "../api/people";
import { users } from "../api/team";
import { useWords } from "../i18n/LanguageProvider";
import { ErrorState } from "../ui/ErrorState";
import { Facts, Section } from "../ui/Facts";
import { LinesSkeleton } from "../ui/Skeletons";
import { InviteDialog } from "./InviteDialog";
import { NewUser } from "./NewUser";
import { UserLine } from "./UserLine";

/** Members of staff; an admin adds them, gives them roles and ends their access. */
export function UsersSection() {
  const { t } = useWords();
  const mayWrite = useMay("users:write");
  const [adding, setAdding] = useState<"invite" | "password">();
  const list = useQuery({ queryKey: ["users"], queryFn: users });
  if (list.isPending) return <LinesSkeleton />;
  if (!list.data) return <ErrorState error={list.error} retry={() => list.refetch()} />;
  return (
    <div className="settings">
      {mayWrite && adding !== "password" && (
        <div className="filters">
          <Button type="primary" onClick={() => setAdding("invite")}>
            {t("users.invite")}
          </Button>
          <Button onClick={() => setAdding("password")}>{t("users.add")}</Button>
        </div>
      )}
      {adding === "password" && <NewUser onDone={() => setAdding(undefined)} />}
      {adding === "invite" && <InviteDialog onClose={() => setAdding(undefined)} />}
      <ul className="rows">
        {list.data.map((user) => (
          <UserLine key={user.id} user={user} mayWrite={mayWrite} />
        ))}
      </ul>
      <LoginWays />
    </div>
  );
}

/** How people get in: passwords, the company's identity provider. */
function LoginWays() {
  const { t } = useWords();
  const hints = useQuery({ queryKey: ["login-hints"], queryFn: loginHints, staleTime: Infinity });
  if (!hints.data) return null;
  const { oidc } = hints.data;
  return (
    <Section title={t("loginWays.title")}>
      <Facts
        facts={[
          { label: t("loginWays.password"), value: t("loginWays.on") },
          { label: t("loginWays.oidc"), value: oidc ? oidc.name : t("loginWays.none") },
        ]}
      />
      <p className="quiet">{t("loginWays.hint")}</p>
    </Section>
  );
}
