/** Orders to the storm's server. */
export type ToServer = { readonly commits: number } | { readonly memory: true };

export interface StormConsole {
  readonly path: string;
  /** Absent for the limit, which asks nobody who he is. */
  readonly cookie?: string;
}

/** Orders to the clients: everybody at once, or in parts and idle; drop; watch one that is inside. */
export type ToClients =
  | {
      readonly do: "storm";
      readonly port: number;
      readonly consoles: readonly StormConsole[];
      readonly from: "NOWHERE" | "CURSOR";
    }
  | { readonly do: "idle"; readonly port: number; readonly consoles: readonly StormConsole[] }
  | { readonly do: "drop" };

export interface Stormed {
  readonly allMs: number;
  readonly p50Ms: number;
  /** Of one answer. */
  readonly bytes: number;
}
