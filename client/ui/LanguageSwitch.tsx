import { useTranslation } from "react-i18next";
import { useUi } from "../store/use-session.ts";

/** Names the other language in that language, so that whoever needs it can read it. */
export function LanguageSwitch() {
  const { t } = useTranslation("common");
  const language = useUi((s) => s.language);
  const setLanguage = useUi((s) => s.setLanguage);
  const other = language === "zh" ? "en" : "zh";
  return (
    <button
      type="button"
      className="plain-button"
      lang={other === "zh" ? "zh-CN" : "en"}
      onClick={() => setLanguage(other)}
    >
      {t(`language.${other}`)}
    </button>
  );
}
