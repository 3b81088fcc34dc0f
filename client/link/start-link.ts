import type { Socket } from "socket.io-client";
import type { Seat } from "../../shared/domain/authority/audience.ts";
import type { WhyNot } from "../store/connection.ts";
import type { Platform } from "../store/platform.ts";
import type { Stores } from "../store/stores.ts";
import type { Api } from "./api.ts";
import { type Commands, createCommands } from "./commands.ts";
import { createInbox } from "./inbox.ts";
import { createPositionIntake } from "./position-intake.ts";
import { createRedial } from "./redial.ts";
import { createRoads, type Roads } from "./roads.ts";
import { openSocket, type SocketAuth } from "./socket.ts";
import { type DrivenSocket, driveSocket } from "./socket-driver.ts";
import { isFinal, triesOf } from "./transitions.ts";
import { watchAge } from "./watch-age.ts";
import { whyNot } from "./why-not.ts";

export interface LinkOptions {
  readonly stores: Stores;
  readonly platform: Platform;
  readonly api: Api;
  readonly seat: Seat;
  readonly auth: () => SocketAuth;
  readonly url?: string;
  /** Tests bring a socket without a network. */
  readonly open?: typeof openSocket;
}

/** The live channel of one page: one socket, one view, one cursor. */
export interface Link {
  readonly commands: Commands;
  readonly roads: Roads;
  /** The connected socket, for what only the field sends (position batches). */
  socket(): Socket | undefined;
  /** Network is back or the page woke: do not wait for the back-off. */
  soon(): void;
  stop(): void;
}

/** Several heartbeats missed (2 s, field 10 s): the road is dead though TCP does not say so. */
const SILENT_AFTER_MS: Readonly<Record<Seat, number>> = {
  console: 12_000,
  wall: 12_000,
  field: 50_000,
  inspector: 12_000,
  president: 12_000,
  partner: 12_000,
  observer: 12_000,
};

/** Drift adds 30 ms in it; a road's delay may change much more. */
const ASK_TIME_EVERY_MS = 60_000;

const INTRODUCED: ReadonlySet<string> = new Set(["syncing", "live", "behind"]);

export function startLink(options: LinkOptions): Link {
  const { stores, platform, api, seat, auth, url, open = openSocket } = options;
  const inbox = createInbox(stores, seat);
  const intake = createPositionIntake(stores.positions, () => platform.monoMs());
  let socket: Socket | undefined;
  let driven: DrivenSocket | undefined;

  const hangUp = () => {
    socket?.removeAllListeners();
    socket?.disconnect();
    socket = undefined;
    driven = undefined;
  };
  const dial = () => {
    hangUp();
    socket = open({ seat, auth, ...(url === undefined ? {} : { url }) });
    const events = { lost: redialOrStay, unreadable: redialOrStay };
    driven = driveSocket(socket, inbox, intake, events, () => platform.monoMs());
    socket.connect();
  };
  const redial = createRedial(platform, dial);
  const redialOrStay = () => {
    hangUp();
    inbox.happened({ kind: "lost" });
    const { connection } = stores.connection.getState();
    if (isFinal(connection)) return;
    redial.later(triesOf(connection));
    // A phone may poll: for it a forbidden WebSocket is no hindrance.
    if (seat === "field") return;
    const told = (why: WhyNot | undefined) => inbox.happened({ kind: "why", why });
    whyNot(api, triesOf(connection)).then(told, () => told(undefined));
  };
  const stopAsking = platform.every(ASK_TIME_EVERY_MS, () => driven?.askTime());
  const stopWatching = watchAge({
    platform,
    stores,
    inbox,
    // A socket from before the sleep may be dead without knowing it.
    woke: () => (driven ? redialOrStay() : redial.soon()),
    check: () => {
      // Said to be old although it is heard: perhaps only because the road was slow when last measured.
      const { freshness } = stores.connection.getState();
      if (freshness === "late" || freshness === "stale") driven?.askTime();
      if (driven && driven.silentMs() > SILENT_AFTER_MS[seat]) redialOrStay();
    },
  });

  inbox.happened({ kind: "started" });
  dial();
  // Before its `hello` nobody here knows whom a socket speaks for: another may have signed in.
  const introduced = () => INTRODUCED.has(stores.connection.getState().connection.kind);
  const roads = createRoads(() => (introduced() ? socket : undefined), api);
  return {
    commands: createCommands(stores, platform, roads),
    roads,
    socket: () => (socket?.connected ? socket : undefined),
    soon: () => redial.soon(),
    stop() {
      stopWatching();
      stopAsking();
      redial.stop();
      hangUp();
      inbox.happened({ kind: "stopped" });
    },
  };
}
