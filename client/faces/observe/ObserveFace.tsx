import "./observe.css";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { ObserverFrame } from "../../../shared/domain/observer/frame.ts";
import { useLink } from "../../link/link-context.tsx";
import { useLoaded, useRecordMap } from "../../store/use-records.ts";
import { useConnection, useUi } from "../../store/use-session.ts";
import { DemoMark } from "../../ui/DemoMark.tsx";
import { formatSeconds, formatTime } from "../../ui/format-time.ts";
import { LanguageSwitch } from "../../ui/LanguageSwitch.tsx";
import { LinkBanner } from "../../ui/LinkBanner.tsx";
import { useLanguage } from "../../ui/use-language.ts";
import { useNow } from "../../ui/use-now.tsx";
import { Figures } from "./Figures.tsx";
import { ObserveMap } from "./ObserveMap.tsx";
import { Operations } from "./Operations.tsx";

/** `/observe`: the console's calm sister, 30 s behind and masked; nothing here does anything. */
export function ObserveFace() {
  const frame = useFrame();
  return (
    <div className="observe">
      <Banner frame={frame} />
      <LinkBanner />
      <main className="observe-body">
        <Content frame={frame} />
      </main>
    </div>
  );
}

/** The one record of this seat is the whole picture. */
function useFrame(): ObserverFrame | undefined {
  const [seat] = useRecordMap("observer").values();
  return seat?.dto as unknown as ObserverFrame | undefined;
}

/** Which mode this is stands over everything, always. */
function Banner({ frame }: { frame: ObserverFrame | undefined }) {
  const { t } = useTranslation("observe");
  return (
    <header className="observe-banner">
      <strong>{t("banner", { n: (frame?.delayMs ?? 30_000) / 1_000 })}</strong>
      <span className="observe-recorded">{t("recorded")}</span>
      <DemoMark />
      <span className="observe-tools">
        <LanguageSwitch />
        <Theme />
        <Leave />
      </span>
    </header>
  );
}

function Content({ frame }: { frame: ObserverFrame | undefined }) {
  const { t } = useTranslation("observe");
  const loaded = useLoaded();
  const over = useConnection((s) => s.connection.kind === "refused");
  if (over) return <Empty title={t("over")}>{t("overHow")}</Empty>;
  if (!loaded || !frame) return <Skeleton />;
  return (
    <>
      <Head frame={frame} />
      {frame.figures ? <Figures figures={frame.figures} /> : null}
      <Operations operations={frame.operations} scope={frame.scope} />
      <ObserveMap operations={frame.operations} />
    </>
  );
}

function Head({ frame }: { frame: ObserverFrame }) {
  const { t } = useTranslation("observe");
  const now = useNow(1_000);
  const language = useLanguage();
  return (
    <section className="observe-head" aria-label={t("visit")}>
      <h1>{frame.courtName}</h1>
      <p>
        {t(`body.${frame.body}`)} · {frame.organisation}
      </p>
      <p className="second">
        {t(`scope.${frame.scope}`)} ·{" "}
        {t("until", { time: formatTime(frame.endsAt, now, language) })}
      </p>
      <p className="observe-time">
        <span className="second">{t("asOf")}</span> <time>{formatSeconds(now)}</time>
      </p>
    </section>
  );
}

function Empty({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="observe-empty">
      <h2>{title}</h2>
      <p className="second">{children}</p>
    </section>
  );
}

const BARS = ["a", "b", "c"] as const;

function Skeleton() {
  return (
    <div className="observe-skeleton" aria-busy="true">
      {BARS.map((bar) => (
        <span key={bar} className="skeleton" />
      ))}
    </div>
  );
}

function Theme() {
  const { t } = useTranslation("common");
  const theme = useUi((s) => s.theme);
  const setTheme = useUi((s) => s.setTheme);
  const other = theme === "dark" ? "light" : "dark";
  return (
    <button type="button" className="plain-button" onClick={() => setTheme(other)}>
      {t(`theme.${other}`)}
    </button>
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
