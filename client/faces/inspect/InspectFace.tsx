import "../../styles/oversight.css";
import "./inspect.css";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useLink } from "../../link/link-context.tsx";
import { useLoaded, useRecords } from "../../store/use-records.ts";
import { useHello } from "../../store/use-session.ts";
import { DemoMark } from "../../ui/DemoMark.tsx";
import { InterferenceRow } from "../../ui/InterferenceRow.tsx";
import { LanguageSwitch } from "../../ui/LanguageSwitch.tsx";
import { LinkBanner, LinkState } from "../../ui/LinkBanner.tsx";
import { Watchers } from "../../ui/Watchers.tsx";

/** `/inspector`: approaches from outside, of the own court and those below, and who looked at us. */
export function InspectFace() {
  const { t } = useTranslation("oversight");
  const hello = useHello();
  return (
    <div className="inspect">
      <header className="inspect-head">
        <h1>{hello?.courtName ?? ""}</h1>
        <span className="second">{t("inspector.title")}</span>
        <DemoMark />
        <span className="inspect-tools">
          <LinkState />
          <LanguageSwitch />
          <Leave />
        </span>
      </header>
      <LinkBanner />
      <main>
        <Approaches />
        <Watchers />
      </main>
    </div>
  );
}

function Approaches() {
  const { t } = useTranslation("oversight");
  const loaded = useLoaded();
  const records = useRecords("interference");
  const rows = useMemo(
    () => [...records].sort((a, b) => (b.dto.recordedAt ?? 0) - (a.dto.recordedAt ?? 0)),
    [records],
  );
  return (
    <section className="board-section" aria-label={t("interference.list")}>
      <h2>
        {t("interference.list")} <b>{rows.length}</b>
      </h2>
      {loaded ? null : <p className="skeleton" aria-busy="true" />}
      {loaded && rows.length === 0 ? <p className="second">{t("interference.empty")}</p> : null}
      <ul>
        {rows.map(({ id, dto }) => (
          <InterferenceRow key={id} dto={dto} />
        ))}
      </ul>
    </section>
  );
}

/** Leaves even when the server cannot be asked. */
function Leave() {
  const { t } = useTranslation("common");
  const { api, link } = useLink();
  const leave = () => {
    link.stop();
    location.assign("/login");
  };
  return (
    <button
      type="button"
      className="plain-button"
      onClick={() => void api.logout().then(leave, leave)}
    >
      {t("action.signOut")}
    </button>
  );
}
