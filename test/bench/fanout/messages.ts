/** What the driver and the process with the clients say to each other. */

export type Whose = "OURS" | "TWIN" | "LIMIT" | Sluggish;
/** Consoles of the real server that stop reading. */
type Sluggish = "SLUGGISH";

/** A console to open: on the real server with its session, on the bare one by its group alone. */
export interface ConsoleOf {
  /** Which of the views; all of a group get the same frames. */
  readonly group: number;
  readonly cookie?: string;
}

export type ToClients =
  | {
      readonly do: "open";
      readonly whose: Whose;
      readonly port: number;
      readonly consoles: readonly ConsoleOf[];
    }
  | { readonly do: "idle"; readonly port: number; readonly tokens: readonly string[] }
  | { readonly do: "close"; readonly whose: Whose }
  /** They read no more, or again. */
  | { readonly do: "stall" | "wake"; readonly whose: Sluggish }
  /** Counting begins anew. */
  | { readonly do: "mark"; readonly whose: Whose }
  | { readonly do: "report"; readonly whose: Whose };

export interface Report {
  readonly done: "report";
  readonly frames: number;
  /** Positions in them, by the lengths of the frames. */
  readonly positions: number;
  /** Of the sockets that read what they get, by group. */
  readonly sampled: readonly number[];
  /** Positions that those got within two ticks of their being sent in, and later. */
  readonly onTime: number;
  readonly late: number;
  readonly ageP50Ms: number;
  readonly ageP99Ms: number;
  /** From the tick, at which a frame is built, to its arrival. */
  readonly frameP50Ms: number;
  readonly frameP99Ms: number;
  /** Connections that were closed, and the reasons that were said before. */
  readonly closed: number;
  readonly reasons: readonly string[];
  /** Calls for help that came: when the last of all consoles of the group had it. */
  readonly calls: readonly {
    readonly id: string;
    readonly consoles: number;
    readonly lastAt: number;
  }[];
}

export type FromClients = { readonly done: Exclude<ToClients["do"], "report"> } | Report;

/** Name of the setting of a server that takes positions and never sends any. */
export const SENDS_NO_POSITIONS = "BENCH_SENDS_NO_POSITIONS";

/** Told to collect its garbage, a process does so at once. */
export const COLLECT = "SIGUSR2";

/** One position on the feed: `trackIndex`, latitude and longitude in 1e-7 degrees. */
export const FEED_ROW_BYTES = 12;
/** The low bits of a longitude say when the position was sent in, in ms: within 41 m. */
export const STAMP = 4_096;

/** Milliseconds that all processes of the machine share, with fractions. */
export const sharedNow = (): number => performance.timeOrigin + performance.now();
