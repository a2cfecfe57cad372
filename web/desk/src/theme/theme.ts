import { theme } from "antd";
import type { ThemeConfig } from "antd";

export type Mode = "light" | "dark";

const FONT =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "PingFang SC", ' +
  '"Microsoft YaHei", "Hiragino Sans", "Noto Sans CJK SC", "Noto Sans SC", Arial, sans-serif';

/** Colours that mean one thing everywhere; what a machine wrote is violet. */
const MEANING = {
  light: {
    ai: "#6a3fc4",
    "ai-surface": "#f4effd",
    "ai-border": "#d9c9f6",
    "note-surface": "#fff6e0",
    "note-border": "#efd28a",
    "note-text": "#7a5200",
    "agent-surface": "#e2f1ef",
    "agent-border": "#b9dcd8",
    green: "#1f7a45",
    amber: "#8a4e00",
    red: "#bd2a22",
    rail: "#0b3f40",
    "rail-text": "#c3dcda",
    "rail-active": "#ffffff",
  },
  dark: {
    ai: "#bda2f5",
    "ai-surface": "#251d38",
    "ai-border": "#46366d",
    "note-surface": "#322811",
    "note-border": "#5c4a1b",
    "note-text": "#e8c673",
    "agent-surface": "#133231",
    "agent-border": "#235250",
    green: "#5cc489",
    amber: "#e3a84b",
    red: "#f0857c",
    rail: "#0c1f20",
    "rail-text": "#9dbab8",
    "rail-active": "#ffffff",
  },
} as const;

export const meaning = (mode: Mode): Record<string, string> => MEANING[mode];

/** The one theme of all apps: deep teal, 4 px grid, radius 6. */
export function themeOf(mode: Mode): ThemeConfig {
  const dark = mode === "dark";
  return {
    algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      colorPrimary: dark ? "#2a928d" : "#0b6b6b",
      colorInfo: dark ? "#2a928d" : "#0b6b6b",
      colorLink: dark ? "#63c5bf" : "#0b6b6b",
      colorSuccess: dark ? "#3fa56c" : "#1f7a45",
      colorWarning: dark ? "#d9932a" : "#b56a00",
      colorError: dark ? "#e0655b" : "#bd2a22",
      colorPrimaryBg: dark ? "#12302f" : "#e4f2f0",
      colorPrimaryBgHover: dark ? "#1a403e" : "#d3e9e6",
      colorBgLayout: dark ? "#0f1415" : "#f3f6f6",
      colorBgContainer: dark ? "#171e1f" : "#ffffff",
      colorBgElevated: dark ? "#20292a" : "#ffffff",
      colorBorder: dark ? "#3a4647" : "#cfd8d8",
      colorBorderSecondary: dark ? "#293334" : "#e4eaea",
      colorTextPlaceholder: dark ? "#7d8a8b" : "#667374",
      colorTextSecondary: dark ? "#b3bfc0" : "#4a5657",
      colorTextTertiary: dark ? "#94a1a2" : "#5f6b6c",
      colorTextDescription: dark ? "#94a1a2" : "#5f6b6c",
      borderRadius: 6,
      sizeUnit: 4,
      sizeStep: 4,
      fontFamily: FONT,
      motionDurationFast: "0.08s",
      motionDurationMid: "0.12s",
      motionDurationSlow: "0.15s",
    },
    components: {
      Table: { cellPaddingBlockMD: 8, cellPaddingInlineMD: 10, headerSplitColor: "transparent" },
      Tabs: { horizontalMargin: "0 0 12px 0" },
    },
  };
}
