import { useEffect } from "react";
import { useConnection } from "../store/use-session.ts";

const RELOADED_FOR = "ec.reloadedFor";

/** The server speaks another wire: load the page again, once per version of the server. */
export function ReloadWhenOutdated() {
  const wire = useConnection(({ connection }) =>
    connection.kind === "outdated" ? connection.serverWire : undefined,
  );
  useEffect(() => {
    if (wire === undefined || sessionStorage.getItem(RELOADED_FOR) === String(wire)) return;
    sessionStorage.setItem(RELOADED_FOR, String(wire));
    location.reload();
  }, [wire]);
  return null;
}
