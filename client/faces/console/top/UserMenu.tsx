import { Dropdown } from "antd";
import { useTranslation } from "react-i18next";
import { useLink } from "../../../link/link-context.tsx";
import { useRecord } from "../../../store/use-records.ts";
import { useHello, useUi } from "../../../store/use-session.ts";
import { SoundTests } from "../../../ui/SoundMenu.tsx";
import { useDesk } from "../desk/desk-context.tsx";
import { useNames } from "../desk/names.tsx";

/** Who sits here and as what; sounds, theme, language and the way out. */
export function UserMenu() {
  const { t } = useTranslation("console");
  const hello = useHello();
  const names = useNames();
  const me = useRecord("officer", hello?.officerId);
  const roles = (hello?.roles ?? [])
    .map((role) => t(`domain:role.${role}`, role))
    .join(t("roleGap"));
  return (
    <Dropdown
      trigger={["click"]}
      popupRender={() => <MenuPanel roles={roles} />}
      placement="bottomLeft"
    >
      <button type="button" className="top-user" aria-haspopup="menu">
        <strong>{hello?.courtName ?? ""}</strong>
        <span>{me ? names.officer(me.id) : (hello?.officerId ?? "")}</span>
        {roles === me?.dto.title ? null : <span className="second">{roles}</span>}
        <span aria-hidden="true">▾</span>
      </button>
    </Dropdown>
  );
}

function MenuPanel({ roles }: { roles: string }) {
  const { t } = useTranslation("console");
  const { store } = useDesk();
  const theme = useUi((s) => s.theme);
  const language = useUi((s) => s.language);
  const setTheme = useUi((s) => s.setTheme);
  const setLanguage = useUi((s) => s.setLanguage);
  const signOut = useSignOut();
  return (
    <div className="menu-panel" role="menu">
      <p className="second">{t("menu.roles", { roles })}</p>
      <h4>{t("menu.sounds")}</h4>
      <SoundTests />
      <h4>{t("menu.look")}</h4>
      <button type="button" onClick={() => setTheme(theme === "dark" ? "light" : "dark")}>
        {t("menu.theme")} · {t(`common:theme.${theme}`)}
      </button>
      <button type="button" onClick={() => setLanguage(language === "zh" ? "en" : "zh")}>
        {t("menu.language")} · {t(`common:language.${language}`)}
      </button>
      <button type="button" onClick={() => store.getState().setHelp(true)}>
        {t("help.title")} <kbd className="key-hint">?</kbd>
      </button>
      <a href="/">{t("menu.seats")}</a>
      <button type="button" onClick={signOut}>
        {t("common:action.signOut")}
      </button>
    </div>
  );
}

/** Leaves even when the server cannot be asked: the next person must not sit in this seat. */
export function useSignOut(): () => void {
  const { api, link } = useLink();
  return () => {
    const leave = () => {
      link.stop();
      location.assign("/login");
    };
    api.logout().then(leave, leave);
  };
}
