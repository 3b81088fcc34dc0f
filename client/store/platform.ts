import { v7 } from "uuid";

export type Cancel = () => void;

/** Time, ids and chance of the client come in through here; tests bring their own. */
export interface Platform {
  /** The device's wall clock, which may be wrong. */
  wallMs(): number;
  /** Monotonic, within one page life. */
  monoMs(): number;
  random(): number;
  /** UUIDv7: ids of commands and of records that this client creates. */
  newId(): string;
  after(ms: number, run: () => void): Cancel;
  every(ms: number, run: () => void): Cancel;
}

export function browserPlatform(): Platform {
  return {
    wallMs: () => Date.now(),
    monoMs: () => performance.now(),
    random: () => Math.random(),
    newId: () => v7(),
    after: (ms, run) => {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
    every: (ms, run) => {
      const timer = setInterval(run, ms);
      return () => clearInterval(timer);
    },
  };
}
