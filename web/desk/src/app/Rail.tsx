import { LogoutOutlined, SearchOutlined, SoundOutlined, UserOutlined } from "@ant-design/icons";
import { Badge, Button, Dropdown, Tooltip } from "antd";
import type { MenuProps } from "antd";
import { logout } from "../api/account";
import { useWords } from "../i18n/LanguageProvider";
import { useLive } from "../live/LiveProvider";
import { NoticeBell } from "../notices/NoticeBell";
import { useLook } from "../theme/ThemeProvider";
import { Mark } from "../ui/Mark";
import { useFailure } from "../ui/useFailureText";
import { RailPlaces } from "./RailPlaces";
import { LanguageSwitch, ModeSwitch } from "./Switches";
import { openPalette } from "./paletteState";
import { placesOf } from "./places";
import { useOwnPresence } from "./presence";
import { forgetLogin } from "./queryClient";
import { useMay, useMe } from "./session";

export function Rail() {
  const { t } = useWords();
  const me = useMe();
  return (
    <nav className="rail" aria-label={t("nav.main")}>
      <div className="rail-brand" title={me.tenant.name}>
        <Mark size={30} />
      </div>
      <RailPlaces places={placesOf(me)} />
      <div className="rail-tools">
        <Tooltip title={t("nav.palette")} placement="right">
          <Button
            type="text"
            className="rail-tool"
            aria-label={t("nav.palette")}
            icon={<SearchOutlined />}
            onClick={openPalette}
          />
        </Tooltip>
        <NoticeBell className="rail-tool rail-bell" />
        <MuteSwitch />
        <LanguageSwitch className="rail-tool" />
        <ModeSwitch className="rail-tool" />
        <AccountMenu />
      </div>
    </nav>
  );
}

function MuteSwitch() {
  const { t } = useWords();
  const { muted, setMuted } = useLive();
  const label = muted ? t("nav.unmute") : t("nav.mute");
  return (
    <Tooltip title={label} placement="right">
      <Button
        type="text"
        className={muted ? "rail-tool rail-tool-off" : "rail-tool"}
        aria-label={label}
        aria-pressed={muted}
        icon={<SoundOutlined />}
        onClick={() => setMuted(!muted)}
      />
    </Tooltip>
  );
}

function AccountMenu() {
  const { t } = useWords();
  const me = useMe();
  const { fail } = useFailure();
  const { status, choose } = useOwnPresence();
  const takesConversations = useMay("conversations:write");
  const leave = async () => {
    try {
      await logout();
      forgetLogin();
    } catch (error) {
      fail(error);
    }
  };
  const { language, setLanguage } = useWords();
  const { mode, toggle } = useLook();
  const { muted, setMuted } = useLive();
  const phone = "phone-only";
  const switches: MenuProps["items"] = [
    { key: "palette", className: phone, label: t("nav.palette"), onClick: openPalette },
    {
      key: "mute",
      className: phone,
      label: muted ? t("nav.unmute") : t("nav.mute"),
      onClick: () => setMuted(!muted),
    },
    {
      key: "mode",
      className: phone,
      label: mode === "dark" ? t("nav.light") : t("nav.dark"),
      onClick: toggle,
    },
    {
      key: "language",
      className: phone,
      label: t("nav.otherLanguage"),
      onClick: () => setLanguage(language === "zh" ? "en" : "zh"),
    },
  ];
  const states: MenuProps["items"] = (["online", "away"] as const).map((one) => ({
    key: one,
    label: t.label("presence", one),
    icon: <i className={`dot dot-${one}`} />,
    onClick: () => choose(one),
  }));
  const items: MenuProps["items"] = [
    { key: "who", disabled: true, label: `${me.name} · ${t.label("role", me.role)}` },
    { type: "divider" },
    ...(takesConversations ? [...states, { type: "divider" as const }] : []),
    ...switches,
    { key: "leave", icon: <LogoutOutlined />, label: t("nav.logout"), onClick: () => void leave() },
  ];
  return (
    <Dropdown
      trigger={["click"]}
      placement="topRight"
      menu={{ items, selectable: true, selectedKeys: [status] }}
    >
      <Button type="text" className="rail-tool" aria-label={t("nav.account", { name: me.name })}>
        <Badge dot={takesConversations} color={status === "online" ? "#4cc38a" : "#e0a13c"}>
          <UserOutlined className="rail-user" />
        </Badge>
      </Button>
    </Dropdown>
  );
}
