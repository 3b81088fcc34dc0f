import { useTranslation } from "react-i18next";
import { useHolder } from "../../../link/sos-keys-context.tsx";
import { useConnection } from "../../../store/use-session.ts";
import { Icon } from "../../../ui/icons.tsx";
import { EmergencyNumbers } from "./PhoneCalls.tsx";
import { SosBar } from "./SosBar.tsx";
import { isRunning, useSosStory } from "./use-sos.ts";

/**
 * The call for help under the thumb, on every screen. Without a session it needs the key of whoever
 * was signed in last (SOSR-13); a phone that has none shows the telephone instead of a button that
 * would go nowhere.
 */
export function Help() {
  const away = useConnection(
    ({ connection }) => connection.kind === "signed-out" || connection.kind === "refused",
  );
  const holder = useHolder();
  const again = isRunning(useSosStory());
  if (!away) return <SosBar again={again} />;
  return holder ? (
    <SosBar again={again} note={<InWhoseName name={holder.label} />} />
  ) : (
    <Telephone />
  );
}

function InWhoseName({ name }: { name: string | undefined }) {
  const { t } = useTranslation("field");
  return (
    <p className="f-sos-note">
      <Icon name="unverified" />
      {name === undefined ? t("sos.asOwner") : t("sos.asHolder", { name })}
    </p>
  );
}

function Telephone() {
  const { t } = useTranslation("field");
  return (
    <section className="f-sos f-calls" aria-label={t("sos.calls")}>
      <p>{t("sos.noKey")}</p>
      <EmergencyNumbers />
    </section>
  );
}
