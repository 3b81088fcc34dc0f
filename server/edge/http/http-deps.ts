import type { Logger } from "pino";
import type { LatLng } from "../../../shared/domain/kernel/record.ts";
import type { ExerciseStatus } from "../../../shared/wire/exercise.ts";
import type { AccountStore } from "../../accounts/account-store.ts";
import type { Passwords } from "../../accounts/passwords.ts";
import type { App } from "../../app/api.ts";
import type { PastDesk } from "../../app/past/past-desk.ts";
import type { TrackDesk } from "../../app/positions/track-desk.ts";
import type { WatchBook } from "../../app/watch-book.ts";
import type { Vault } from "../../vault/vault.ts";
import type { Metrics } from "../metrics.ts";
import type { Sessions } from "../sessions.ts";
import type { Limits } from "./limits.ts";

/** Everything the HTTP edge needs; `compose` fills it. */
export interface HttpDeps {
  readonly app: App;
  readonly accounts: AccountStore;
  readonly passwords: Passwords;
  readonly vault: Vault;
  /** Who looked at a court from outside it. */
  readonly watchers: WatchBook["of"];
  readonly sessions: Sessions;
  readonly limits: Limits;
  readonly metrics: Metrics;
  readonly log: Logger;
  /** Server time, integer ms. */
  readonly now: () => number;
  readonly origins: readonly string[];
  /** Origins under which pages find the sentinel. */
  readonly sentinels?: readonly string[];
  readonly tls: boolean;
  readonly trustedProxies: readonly string[];
  /** Addresses and networks that may read `/metrics`; absent when it is off. */
  readonly metricsReaders?: readonly string[];
  /** Folder of the built client. */
  readonly clientDir: string;
  /** What would have gone outside; present in a demonstration only. */
  readonly outbox?: () => readonly OutboxEntry[];
  /** Where an officer was last, by `trackIndex`; nothing when that is too old to go by. */
  readonly lastPosition?: (trackIndex: number) => LatLng | undefined;
  /** Where officers were. */
  readonly tracks?: TrackDesk;
  /** State at an instant of the last day. */
  readonly past?: Pick<PastDesk, "refuses" | "window">;
  /** Present in a demonstration only. */
  readonly demoAccounts?: () => readonly DemoAccount[];
  /** Present in an exercise only. */
  readonly exercise?: ExerciseDesk;
  /** Why this process should get no traffic yet, e.g. `REPLAYING`; empty when it may. */
  readonly notReady: () => readonly string[];
  /** What somebody must look at while traffic goes on, e.g. `ANCHORS_NOT_WRITTEN`. */
  readonly warnings?: () => readonly string[];
  /** Called when a session was ended by its owner, so that its sockets close. */
  readonly signedOut?: (sessionId: string) => void;
  /** Called when an observer's account was made anew, so that the sockets of the former one close. */
  readonly seatRemade?: (observerId: string) => void;
}

/** How an exercise (演练) stands, and its sheet as a file. */
export interface ExerciseDesk {
  status(): Promise<ExerciseStatus>;
  debriefCsv(): Promise<{ readonly name: string; readonly text: string }>;
}

/** One call outside the system, as the demonstration's outbox keeps it. */
export interface OutboxEntry {
  readonly id: string;
  readonly to: readonly string[];
  readonly kind: string;
  readonly text: string;
  readonly at: number;
  /** Court that is called, and court whose alarm it is. */
  readonly courtId: string;
  readonly alarmCourtId: string;
}

/** One line of the demonstration's sign-in page. */
export interface DemoAccount {
  readonly login: string;
  readonly password: string;
  readonly name: string;
  readonly title: string;
  readonly courtName: string;
  readonly seat: "console" | "wall" | "field" | "partner" | "inspector" | "observer";
}
