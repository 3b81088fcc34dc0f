import { ConfigProvider, theme as themes } from "antd";
import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import type { ReactNode } from "react";
import type { Theme } from "../store/ui.ts";
import { useUi } from "../store/use-session.ts";

/** The tokens of `styles/tokens.css` for antd, which computes with colours and cannot take variables. */
const COLOURS: Readonly<Record<Theme, Readonly<Record<string, string>>>> = {
  dark: {
    colorPrimary: "#4c8dff",
    colorLink: "#4c8dff",
    colorSuccess: "#3fb27f",
    colorWarning: "#f2b134",
    // Red means that somebody must act now; a form's mistake does not.
    colorError: "#f2b134",
    colorBgBase: "#0b1220",
    colorBgContainer: "#121a2b",
    colorBgElevated: "#1a2439",
    colorBorder: "#22304a",
    colorBorderSecondary: "#22304a",
    colorTextBase: "#e6edf7",
  },
  light: {
    colorPrimary: "#1a5fd8",
    colorLink: "#1a5fd8",
    colorSuccess: "#16794d",
    colorWarning: "#8a5a00",
    colorError: "#8a5a00",
    colorBgBase: "#f3f5f9",
    colorBgContainer: "#ffffff",
    colorBgElevated: "#ffffff",
    colorBorder: "#cfd8e6",
    colorTextBase: "#101828",
  },
};

/** antd in the seat's language and theme. Only the faces of a centre use it. */
export function AntdTheme({ children }: { children: ReactNode }) {
  const theme = useUi((s) => s.theme);
  const language = useUi((s) => s.language);
  return (
    <ConfigProvider
      locale={language === "zh" ? zhCN : enUS}
      theme={{
        algorithm: theme === "dark" ? themes.darkAlgorithm : themes.defaultAlgorithm,
        token: {
          ...COLOURS[theme],
          fontFamily: "var(--font)",
          fontSize: 14,
          borderRadius: 6,
          motionDurationSlow: "0.2s",
        },
      }}
      button={{ autoInsertSpace: false }}
    >
      {children}
    </ConfigProvider>
  );
}
