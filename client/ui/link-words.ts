import type { TFunction } from "i18next";
import type { Connection } from "../store/connection.ts";

/** What the connection does right now, in words. Needs the `link` namespace. */
export function connectionWords(t: TFunction, connection: Connection): string {
  switch (connection.kind) {
    case "refused":
      return t(`link:refused.${connection.reason}`);
    case "connecting":
      if (connection.why) return t(`link:why.${connection.why}`);
      return tried(t, connection);
    case "syncing":
      return tried(t, connection);
    case "idle":
    case "live":
    case "behind":
    case "signed-out":
    case "outdated":
      return t(`link:state.${connection.kind}`);
  }
}

const tried = (t: TFunction, { kind, tries }: Extract<Connection, { tries: number }>): string =>
  tries > 0 ? t("link:state.connectingTries", { n: tries }) : t(`link:state.${kind}`);
