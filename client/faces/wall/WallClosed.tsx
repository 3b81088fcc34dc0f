import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Connection } from "../../store/connection.ts";
import { Icon } from "../../ui/icons.tsx";
import { useNow } from "../../ui/use-now.tsx";

/** Nobody stands at a wall: it tries again by itself, in case an administrator has set it right. */
const AGAIN_AFTER_S = 60;

/** Why this wall may not show anything: `undefined` while it may. */
export type ClosedReason = "BAD_DEVICE" | "FORBIDDEN" | "REVOKED" | "signed-out" | "outdated";

/** A token that the server does not know is no session to sign in to: the screen must be registered. */
export function closedReason(connection: Connection, byToken: boolean): ClosedReason | undefined {
  if (connection.kind === "refused") return connection.reason;
  if (connection.kind === "signed-out" && byToken) return "BAD_DEVICE";
  if (connection.kind === "signed-out" || connection.kind === "outdated") return connection.kind;
  return undefined;
}

/** The whole screen says what is wrong and what to do. */
export function WallClosed({ reason }: { reason: ClosedReason }) {
  const { t } = useTranslation("wall");
  const left = useCountdown(AGAIN_AFTER_S, () => location.reload());
  return (
    <main className="wall wall-closed" data-theme="dark">
      <Icon name="trouble" size="12vh" />
      <h1>{t(`closed.${reason}.what`)}</h1>
      <p>{t(`closed.${reason}.fix`)}</p>
      <p className="wall-again">{t("closed.again", { n: left })}</p>
    </main>
  );
}

/** One part of the program failed beyond repair: say so, and come back. */
export function WallCrashed({ retry }: { retry: () => void }) {
  const { t } = useTranslation("wall");
  const left = useCountdown(15, retry);
  return (
    <main className="wall wall-closed" data-theme="dark">
      <Icon name="trouble" size="12vh" />
      <h1>{t("crashed.what")}</h1>
      <p className="wall-again">{t("crashed.again", { n: left })}</p>
    </main>
  );
}

/** Seconds left; at 0 `then` is called. */
function useCountdown(seconds: number, then: () => void): number {
  const now = useNow();
  const [until] = useState(now + seconds * 1_000);
  const left = Math.max(0, Math.ceil((until - now) / 1_000));
  useEffect(() => {
    if (left === 0) then();
  }, [left, then]);
  return left;
}
