import { useTranslation } from "react-i18next";
import { useLink } from "../../link/link-context.tsx";
import { useHello, useUi } from "../../store/use-session.ts";
import { DemoMark } from "../../ui/DemoMark.tsx";
import { Icon } from "../../ui/icons.tsx";
import { LanguageSwitch } from "../../ui/LanguageSwitch.tsx";
import { LinkState } from "../../ui/LinkBanner.tsx";
import { MuteButton } from "../../ui/SoundMenu.tsx";
import { useSounds } from "../../ui/sound-context.tsx";
import { useNow } from "../../ui/use-now.tsx";
import type { Row } from "./requests.ts";
import type { DeskFacts } from "./use-me.ts";

/** Whose desk it is, what waits, and whom to call. */
export function Header({ rows, me }: { rows: readonly Row[]; me: DeskFacts }) {
  const hello = useHello();
  return (
    <header className="p-head">
      <h1>{hello?.unitName ?? ""}</h1>
      <Counts rows={rows} />
      <CourtPhone me={me} />
      <span className="p-tools">
        <SoundState />
        <LinkState />
        <DemoMark />
        <ThemeSwitch />
        <LanguageSwitch />
        <SignOut />
      </span>
    </header>
  );
}

function Counts({ rows }: { rows: readonly Row[] }) {
  const { t } = useTranslation("partner");
  const unsigned = rows.filter((row) => row.unsigned).length;
  const overdue = rows.filter((row) => row.overdue).length;
  return (
    <span className="p-counts" role="status" aria-live="polite">
      {unsigned > 0 ? (
        <b data-tone={rows.some((row) => row.unsigned && row.pressing) ? "act" : "new"}>
          <Icon name="overdue" /> {t("unsigned", { n: unsigned })}
        </b>
      ) : (
        <span>
          <Icon name="ended" /> {t("allSigned")}
        </span>
      )}
      {overdue > 0 ? (
        <b data-tone="act">
          <Icon name="running" /> {t("overdue", { n: overdue })}
        </b>
      ) : null}
    </span>
  );
}

function CourtPhone({ me }: { me: DeskFacts }) {
  const { t } = useTranslation("partner");
  if (me.kind === "asking") return <span className="p-phone" aria-busy="true" />;
  if (me.kind === "failed") return <span className="p-phone">{t("phoneFailed")}</span>;
  if (me.phone === undefined) return <span className="p-phone">{t("noPhone")}</span>;
  return (
    <span className="p-phone">
      {t("phone")} <PhoneLink phone={me.phone} />
    </span>
  );
}

export function PhoneLink({ phone }: { phone: string }) {
  return <a href={`tel:${phone.replace(/[^+\d]/g, "")}`}>{phone}</a>;
}

/** Muted, or silenced by the browser: either is seen. */
function SoundState() {
  const { t } = useTranslation("partner");
  const desk = useSounds();
  useNow(1_000);
  return (
    <>
      {desk.blocked() ? (
        <button type="button" className="p-blocked">
          <Icon name="muted" /> {t("soundBlocked")}
        </button>
      ) : null}
      <MuteButton />
    </>
  );
}

function ThemeSwitch() {
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

/** Leaves even when the server cannot be asked: the next person must not sit at this desk. */
function SignOut() {
  const { t } = useTranslation("partner");
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
      {t("signOut")}
    </button>
  );
}
