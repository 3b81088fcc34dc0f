import type { Seat } from "../../shared/domain/authority/audience.ts";
import type {
  Cursor,
  Emergency,
  Heartbeat,
  Hello,
  Patch,
  Snapshot,
} from "../../shared/wire/live.ts";
import { WIRE_VERSION } from "../../shared/wire/version.ts";
import type { ConnectionState } from "../store/connection.ts";
import { emptyRecords, withEmergency, withPatch, withSnapshot } from "../store/records.ts";
import type { Stores } from "../store/stores.ts";
import { judgePatch } from "./apply-patch.ts";
import { freshnessOf } from "./freshness.ts";
import { createGlassAge } from "./glass-age.ts";
import { type LinkEvent, nextConnection } from "./transitions.ts";

/** What to ask the server after a message: nothing, or everything since this cursor. */
type Ask = "nothing" | "resume";

/** The only writer of records, session and connection. Knows no socket and no timer. */
export interface Inbox {
  /** `dialledMono`: when the dialling began that it answers; without it only a lower bound is known. */
  hello(body: Hello, dialledMono?: number): void;
  /** The server's time, asked for at `askedMono`. */
  time(askedMono: number, at: number): void;
  patch(body: Patch): Ask;
  heartbeat(body: Heartbeat): Ask;
  snapshot(body: Snapshot): void;
  /** Calls for help that patches have not brought: shown at once, whatever the cursor. */
  emergency(body: Emergency): void;
  happened(event: LinkEvent): void;
  /** Looks how old the glass is. */
  look(): void;
  /** Whether some text came as unread and has not come since. */
  lacksTexts(): boolean;
  /** The next snapshot is taken in whatever it holds: a part of what was sent never came. */
  startOver(): void;
  /** What `resume` says: null asks for everything. */
  cursor(): Cursor | null;
  /** Forget everything that a view may see: signed out, or rights changed. */
  forget(): void;
}

export function createInbox(stores: Stores, seat: Seat): Inbox {
  const { records, connection, session, clock, positions } = stores;
  const glass = createGlassAge(stores);
  /** This connection has placed us in its history: there it goes forwards only. */
  let placed = false;

  const forget = () => {
    records.setState(emptyRecords());
    positions.clear();
    connection.setState({ heardAt: undefined, freshness: "never" });
  };

  const happened = (event: LinkEvent) => {
    const before = connection.getState().connection;
    const next = nextConnection(before, event);
    if (next === before) return;
    connection.setState({ connection: next });
    // Nobody has a right to this view any more: it does not stay on the glass.
    if (next.kind === "refused" || next.kind === "signed-out") forget();
  };

  const look = () => {
    const { heardAt, freshness } = connection.getState();
    const next = freshnessOf(seat, glass.ageOf(heardAt));
    if (next !== freshness) connection.setState({ freshness: next });
    happened({ kind: "aged", freshness: next, heardAt });
  };

  const inStep = (at: number) => {
    clock.observe(at);
    connection.setState((s) => ({ heardAt: Math.max(s.heardAt ?? 0, at) }));
    look();
    if (!isBehind(connection.getState())) happened({ kind: "inStep", nowMs: clock.serverNow() });
  };

  const take = (body: Patch): Ask => {
    const verdict = judgePatch(records.getState().cursor, body);
    if (verdict === "resume") {
      const { cursor } = records.getState();
      if (cursor !== null && body.from <= cursor.seq) placed = false; // another history
      clock.observe(body.at);
      happened({ kind: "gap", nowMs: connection.getState().heardAt ?? body.at });
      return "resume";
    }
    if (verdict === "apply") {
      records.setState((s) => withPatch(s, body));
      placed = true;
    }
    inStep(body.at);
    return "nothing";
  };

  const lacksTexts = () => records.getState().unread.size > 0;

  return {
    lacksTexts,
    startOver() {
      placed = false;
    },
    hello(body, dialledMono) {
      if (body.wire !== WIRE_VERSION) {
        happened({ kind: "outdated", serverWire: body.wire });
        return;
      }
      placed = false;
      if (isOtherView(session.getState().hello, body)) forget();
      if (dialledMono === undefined) clock.observe(body.at);
      else glass.answered(dialledMono, body.at);
      session.setState({ hello: body });
      happened({ kind: "opened", nowMs: clock.serverNow() });
    },
    time(askedMono, at) {
      glass.answered(askedMono, at);
      look();
    },
    patch: take,
    heartbeat({ store, trouble, tick: _tick, set: _set, ...span }) {
      const said = connection.getState();
      if (said.storeMode !== store) connection.setState({ storeMode: store });
      if (said.trouble.join() !== trouble.join()) connection.setState({ trouble });
      return take({ ...span, put: [], del: [], lines: [] });
    },
    snapshot(body) {
      // Asked for twice, the second answer may be older than what came between.
      const { cursor } = records.getState();
      if (placed && cursor !== null && body.to < cursor.seq) return;
      placed = true;
      records.setState((s) => withSnapshot(s, body));
      inStep(body.at);
    },
    emergency({ put }) {
      const { emergency } = records.getState();
      if (put.length > 0 || emergency.length > 0) records.setState((s) => withEmergency(s, put));
    },
    happened,
    look,
    cursor() {
      // Only the server that sent it knows what it owes us; this one may be another.
      return placed || !lacksTexts() ? records.getState().cursor : null;
    },
    forget,
  };
}

/** A server that is itself behind vouches for a moment that is past: no reason to say "live" again. */
const isBehind = ({ connection, freshness }: ConnectionState): boolean =>
  connection.kind === "behind" && freshness !== "fresh";

const isOtherView = (a: Hello | undefined, b: Hello): boolean =>
  a !== undefined && (a.view !== b.view || a.deployment !== b.deployment || a.mode !== b.mode);
