import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import { useLink } from "../../../link/link-context.tsx";
import { useKeyState } from "../../../link/sos-keys-context.tsx";
import { useRecord } from "../../../store/use-records.ts";
import { useHello, useUi } from "../../../store/use-session.ts";
import { LinkState } from "../../../ui/LinkBanner.tsx";
import { useField, usePosition } from "../field-services.tsx";
import { ShareSwitch } from "../home/Header.tsx";
import { Choice } from "../parts/Choice.tsx";
import { Screen } from "../parts/Screen.tsx";
import { hrefOf } from "../route.ts";
import { shortOf } from "../use-field-records.ts";
import { DutyButton } from "./DutyButton.tsx";

/** The own duty, position and phone; theme and language. */
export function MeScreen() {
  const { t } = useTranslation(["field", "domain"]);
  const hello = useHello();
  const me = useRecord("officer", hello?.officerId);
  return (
    <Screen title={me ? (shortOf(me) ?? t("me.title")) : t("me.title")}>
      <section className="f-card">
        <p className="f-op-head">
          <b>{hello?.courtName}</b>
          <span className="f-state">
            {me?.dto.duty ? t(`domain:duty.${me.dto.duty}`) : t("duty.unknown")}
          </span>
        </p>
        {me ? <DutyButton officer={me} look="plain" /> : <p>{t("duty.unknownHow")}</p>}
        <p className="f-note">{t("duty.tracking")}</p>
      </section>
      <Position />
      <SosKeySection />
      <a className="f-row" href={hrefOf({ screen: "approach" })}>
        <span>{t("approach.title")}</span>
        <span aria-hidden="true">▸</span>
      </a>
      <Looks />
      <LinkState />
      <SignOut />
    </Screen>
  );
}

/** Whether a position goes out; if not, why, and what to do about it. */
function Position() {
  const { t } = useTranslation("field");
  const { share, fix, waiting } = usePosition((s) => s);
  const awake = useStore(useField().awake.store, (s) => s.awake);
  return (
    <section className="f-card">
      <p className="f-op-head">
        <b>{t("share.title")}</b>
        <ShareSwitch />
      </p>
      <p>{t(`share.how.${share}`)}</p>
      {fix?.accuracyM === undefined ? null : (
        <p className="f-second">{t("share.accuracyLong", { n: Math.round(fix.accuracyM) })}</p>
      )}
      {waiting > 0 ? <p className="f-second">{t("share.waiting", { n: waiting })}</p> : null}
      <p className="f-second">{t(`awake.long.${awake}`)}</p>
    </section>
  );
}

/** SOSR-14: whether the call for help would work when nobody is signed in here. */
function SosKeySection() {
  const { t } = useTranslation("field");
  const state = useKeyState(useHello()?.officerId);
  return (
    <section className="f-card" data-sos-key={state}>
      <p className="f-op-head">
        <b>{t("me.sosKey")}</b>
      </p>
      <p>{t(`me.key.${state}`)}</p>
    </section>
  );
}

function Looks() {
  const { t } = useTranslation(["field", "common"]);
  const { theme, language, setTheme, setLanguage } = useUi((s) => s);
  return (
    <section className="f-card">
      <Choice
        legend={t("me.theme")}
        options={[
          { value: "light", label: t("me.light") },
          { value: "dark", label: t("me.dark") },
        ]}
        value={theme}
        onChange={setTheme}
      />
      <Choice
        legend={t("me.language")}
        options={[
          { value: "zh", label: t("common:language.zh") },
          { value: "en", label: t("common:language.en") },
        ]}
        value={language}
        onChange={setLanguage}
      />
    </section>
  );
}

/** An enrolled phone speaks by its device token; without one there is a session to end. */
function SignOut() {
  const { t } = useTranslation(["field", "common"]);
  const { api, tokens } = useLink();
  if (tokens.device) return <p className="f-note">{t("me.enrolled")}</p>;
  const leave = () => {
    void api.logout().then(() => location.reload());
  };
  return (
    <button type="button" className="f-link" onClick={leave}>
      {t("common:action.signOut")}
    </button>
  );
}
