import { useTranslation } from "react-i18next";
import type { ConnectionState } from "../store/connection.ts";
import { useConnection } from "../store/use-session.ts";
import { AgeText } from "./AgeText.tsx";
import { formatSeconds } from "./format-time.ts";
import { Icon } from "./icons.tsx";
import { connectionWords } from "./link-words.ts";
import { signInAddress } from "./sign-in-address.ts";

/**
 * The band over the glass: nothing while all is well, a word when data is late, a grey band when it
 * is stale. Never covers an alarm.
 */
export function LinkBanner() {
  const state = useConnection((s) => s);
  const { t } = useTranslation();
  const level = bannerLevel(state);
  if (!level) return null;
  return (
    <div className="link-banner" data-level={level} role="status">
      <Icon name="trouble" />
      <BannerText state={state} level={level} />
      {state.connection.kind === "signed-out" ? (
        <a href={signInAddress()}>{t("link:signIn")}</a>
      ) : null}
    </div>
  );
}

type Level = "never" | "late" | "stale" | "final" | "store";

function bannerLevel({ connection, freshness, storeMode }: ConnectionState): Level | undefined {
  const { kind } = connection;
  if (kind === "refused" || kind === "signed-out" || kind === "outdated") return "final";
  if (freshness === "stale" || freshness === "late") return freshness;
  if (freshness === "never" && kind !== "idle") return "never";
  return storeMode === "OK" ? undefined : "store";
}

function BannerText({ state, level }: { state: ConnectionState; level: Level }) {
  const { t } = useTranslation();
  const words = connectionWords(t, state.connection);
  switch (level) {
    case "final":
      return <span>{words}</span>;
    case "never":
      return <span>{t("link:never", { state: words })}</span>;
    case "store":
      return <span>{t(`link:store.${state.storeMode}`)}</span>;
    case "stale":
      return (
        <span>
          {t("link:stale", { time: formatSeconds(state.heardAt ?? 0) })}
          {state.connection.kind === "connecting" && state.connection.why ? <> · {words}</> : null}
        </span>
      );
    case "late":
      return (
        <span>
          <AgeText at={state.heardAt ?? 0} always /> · {words}
        </span>
      );
  }
}

/** `已连接 1 秒前`, for the header of every face. */
export function LinkState() {
  const { connection, heardAt } = useConnection((s) => s);
  const { t } = useTranslation();
  return (
    <span className="link-state" data-kind={connection.kind}>
      <Icon name={connection.kind === "live" ? "live" : "trouble"} size="0.9em" />
      {connectionWords(t, connection)}
      {heardAt === undefined ? null : <AgeText at={heardAt} always />}
    </span>
  );
}
