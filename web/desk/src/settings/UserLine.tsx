import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Dropdown, Select, Switch, Typography } from "antd";
import { useMe } from "../app/session";
import { endLoginsOf, inviteAgain, resetLink } from "../api/people";
import { changeUser } from "../api/team";
import type { Role, User, UserChanges } from "../api/types";
import { useWords } from "../i18n/LanguageProvider";
import { useFailure } from "../ui/useFailureText";
import { useUndo } from "../ui/useUndo";
import { ROLES } from "./roles";

/** One member of staff: role, access, and what an admin can do about their login. */
export function UserLine({ user, mayWrite }: { user: User; mayWrite: boolean }) {
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
        <strong>
          {user.name} {user.invited && <span className="tag">{t("users.invited")}</span>}
        </strong>
        <small>{user.email}</small>
        <small>
          {f.languageName(user.language)} ·{" "}
          {user.last_login_at ? t("users.lastLogin", { time: f.ago(user.last_login_at) }) : t("users.neverIn")}
        </small>
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
          <LoginMenu user={user} />
        </>
      ) : (
        <span>{t.label("role", user.role)}</span>
      )}
    </li>
  );
}

function LoginMenu({ user }: { user: User }) {
  const { t, f } = useWords();
  const { message, modal } = App.useApp();
  const { fail } = useFailure();
  const again = useMutation({
    mutationFn: () => inviteAgain(user.id),
    onSuccess: () => void message.success(t("users.invitedDone", { name: user.name, email: user.email })),
    onError: fail,
  });
  const link = useMutation({
    mutationFn: () => resetLink(user.id),
    onSuccess: ({ url, expires_at }) => {
      modal.info({
        title: t("users.linkTitle", { name: user.name }),
        okText: t("act.close"),
        width: 560,
        content: (
          <>
            <p>{t("users.linkHint", { time: f.dateTime(expires_at) })}</p>
            <Typography.Text copyable code className="secret">
              {url}
            </Typography.Text>
          </>
        ),
      });
    },
    onError: fail,
  });
  const end = useMutation({
    mutationFn: () => endLoginsOf(user.id),
    onSuccess: ({ ended }) => void message.success(t("logins.ended", { count: ended })),
    onError: fail,
  });
  const ask = () =>
    modal.confirm({
      title: t("users.endAsk", { name: user.name }),
      okText: t("users.end"),
      okButtonProps: { danger: true },
      cancelText: t("act.cancel"),
      onOk: () => end.mutateAsync().catch(() => undefined),
    });
  return (
    <Dropdown
      trigger={["click"]}
      menu={{
        items: [
          ...(user.invited ? [{ key: "again", label: t("users.again") }] : []),
          { key: "link", label: t("users.link"), disabled: !user.active },
          { key: "end", label: t("users.end"), danger: true },
        ],
        onClick: ({ key }) => (key === "again" ? again.mutate() : key === "link" ? link.mutate() : ask()),
      }}
    >
      <Button type="text" aria-label={t("users.acts", { name: user.name })}>
        ⋯
      </Button>
    </Dropdown>
  );
}
