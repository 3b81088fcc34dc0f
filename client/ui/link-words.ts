import type { TFunction } from "i18next";
import type { Connection } from "../store/connection.ts";

/** What the connection does right now, in words. Needs the `link` namespace. */
export function connectionWords(t: TFunction, connection: Connection): string {
  switch (connection.kind) {
    case "refused":
      return t(`link:refused.${connection.reason}`);
    case "connecting":
    case "syncing":
      return connection.tries > 0
        ? t("link:state.connectingTries", { n: connection.tries })
        : t(`link:state.${connection.kind}`);
    case "idle":
    case "live":
    case "behind":
    case "signed-out":
    case "outdated":
      return t(`link:state.${connection.kind}`);
  }
}
