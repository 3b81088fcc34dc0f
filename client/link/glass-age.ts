import type { Stores } from "../store/stores.ts";

/** How old the glass is, by the most that can have passed. */
export interface GlassAge {
  /** Since server time `heardAt`; `UNKNOWN` while nothing of the server was heard in this page's life. */
  ageOf(heardAt: number | undefined): number | "UNKNOWN" | undefined;
  /** The server's time `at`, asked for at `askedMono`. On another server time the glass keeps its age. */
  answered(askedMono: number, at: number): void;
}

export function createGlassAge({
  connection,
  clock,
}: Pick<Stores, "connection" | "clock">): GlassAge {
  const ageOf: GlassAge["ageOf"] = (heardAt) => {
    if (heardAt === undefined) return undefined;
    return clock.isHeard() ? clock.ageOf(heardAt) : "UNKNOWN";
  };
  return {
    ageOf,
    answered(askedMono, at) {
      const age = ageOf(connection.getState().heardAt);
      const isAnother = clock.bracket(askedMono, at);
      if (!isAnother || typeof age !== "number") return;
      connection.setState({ heardAt: Math.round(clock.serverNow() - age) });
    },
  };
}
