import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { useOutboxState } from "../../../link/outbox-context.tsx";
import { useConnection } from "../../../store/use-session.ts";
import { AgeText } from "../../../ui/AgeText.tsx";
import { formatSeconds } from "../../../ui/format-time.ts";
import { Icon } from "../../../ui/icons.tsx";
import { connectionWords } from "../../../ui/link-words.ts";
import { TroubleNote } from "../../../ui/TroubleNote.tsx";
import { type FieldBand, fieldBand } from "../field-band.ts";

/** What the officer must know about the link; nothing while all is well. */
export function Bands() {
  const state = useConnection((s) => s);
  const band = fieldBand(state, useOnline());
  const durable = useOutboxState((s) => s.durable);
  const { t } = useTranslation("field");
  return (
    <>
      {band.kind === "none" ? null : (
        <div className="f-band" data-kind={band.kind} role="status">
          <Icon name={band.kind === "offline" ? "phone" : "trouble"} />
          <span>
            <BandText band={band} words={connectionWords(t, state.connection)} />
          </span>
        </div>
      )}
      <TroubleNote />
      {durable ? null : (
        <div className="f-band" data-kind="store" role="status">
          <Icon name="trouble" />
          <span>{t("band.notDurable")}</span>
        </div>
      )}
    </>
  );
}

function BandText({ band, words }: { band: FieldBand; words: string }) {
  const { t } = useTranslation(["field", "link"]);
  switch (band.kind) {
    case "none":
      return null;
    case "final":
    case "first":
      return words;
    case "offline":
      return (
        <>
          {t("link:offline")}
          {band.heardAt === undefined ? null : (
            <> · {t("band.asOf", { time: formatSeconds(band.heardAt) })}</>
          )}
        </>
      );
    case "late":
      return (
        <>
          {t("band.data")} <AgeText at={band.heardAt} always /> · {words}
        </>
      );
    case "stale":
      return t("link:stale", { time: formatSeconds(band.heardAt) });
    case "store":
      return t(`link:store.${band.mode}`);
  }
}

const subscribe = (listener: () => void) => {
  addEventListener("online", listener);
  addEventListener("offline", listener);
  return () => {
    removeEventListener("online", listener);
    removeEventListener("offline", listener);
  };
};

/** Only a hint: a browser says online behind a dead hotspot too; the link knows better. */
const useOnline = (): boolean => useSyncExternalStore(subscribe, () => navigator.onLine);
