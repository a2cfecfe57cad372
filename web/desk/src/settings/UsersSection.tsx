import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Select, Switch } from "antd";
import { useState } from "react";
import { useMay, useMe } from "../app/session";
import { changeUser, users } from "../api/team";
import type { Role, User, UserChanges } from "../api/types";
import { useWords } from "../i18n/LanguageProvider";
import { ErrorState } from "../ui/ErrorState";
import { LinesSkeleton } from "../ui/Skeletons";
import { useFailure } from "../ui/useFailureText";
import { useUndo } from "../ui/useUndo";
import { NewUser } from "./NewUser";
import { ROLES } from "./roles";

/** Members of staff; an admin adds them, gives them roles and ends their access. */
export function UsersSection() {
  const { t } = useWords();
  const mayWrite = useMay("users:write");
  const [adding, setAdding] = useState(false);
  const list = useQuery({ queryKey: ["users"], queryFn: users });
  if (list.isPending) return <LinesSkeleton />;
  if (!list.data) return <ErrorState error={list.error} retry={() => list.refetch()} />;
  return (
    <div className="settings">
      {mayWrite && !adding && (
        <Button type="primary" onClick={() => setAdding(true)}>
          {t("users.add")}
        </Button>
      )}
      {adding && <NewUser onDone={() => setAdding(false)} />}
      <ul className="rows">
        {list.data.map((user) => (
          <UserLine key={user.id} user={user} mayWrite={mayWrite} />
        ))}
      </ul>
    </div>
  );
}

function UserLine({ user, mayWrite }: { user: User; mayWrite: boolean }) {
  const { t, f } = useWords();
  const me = useMe();
  const client = useQueryClient();
  const { fail } = useFailure();
  const undoable = useUndo();
  const refresh = () => client.invalidateQueries({ queryKey: ["users"] });
  const change = useMutation({
    mutationFn: ({ to }: { to: UserChanges; back: UserChanges }) => changeUser(user.id, to),
    onSuccess: async (_, { back }) => {
      undoable(t("users.changed", { name: user.name }), () => changeUser(user.id, back).then(refresh));
      await refresh();
    },
    onError: fail,
  });
  return (
    <li className={user.active ? undefined : "row-off"}>
      <span className="row-text">
        <strong>{user.name}</strong>
        <small>{user.email}</small>
        <small>{f.languageName(user.language)}</small>
      </span>
      {mayWrite ? (
        <>
          <Select<Role>
            className="row-pick"
            value={user.role as Role}
            disabled={change.isPending}
            aria-label={t("users.roleOf", { name: user.name })}
            options={ROLES.map((role) => ({ value: role, label: t.label("role", role) }))}
            onChange={(role) => change.mutate({ to: { role }, back: { role: user.role as Role } })}
          />
          <Switch
            checked={user.active}
            disabled={change.isPending || user.id === me.id}
            aria-label={t("users.activeOf", { name: user.name })}
            checkedChildren={t("users.active")}
            unCheckedChildren={t("users.inactive")}
            onChange={(active) => change.mutate({ to: { active }, back: { active: user.active } })}
          />
        </>
      ) : (
        <span>{t.label("role", user.role)}</span>
      )}
    </li>
  );
}
