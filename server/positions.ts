import type { Socket } from "socket.io";
import type { ViewKey } from "../shared/domain/authority/audience.ts";
import type { LatLng } from "../shared/domain/kernel/record.ts";
import type { StateReader } from "../shared/domain/kernel/state.ts";
import type { Clock } from "./app/clock.ts";
import type { PositionMark } from "./app/heartbeat.ts";
import type { Kernel } from "./app/kernel.ts";
import { OfficerVisibility } from "./app/officer-visibility.ts";
import { type IngestCounts, PositionIngest } from "./app/positions/ingest.ts";
import { LastValues } from "./app/positions/last-values.ts";
import type { Listening } from "./app/positions/listening.ts";
import { mergedTracks } from "./app/positions/merge-tracks.ts";
import { NodePositions } from "./app/positions/node-positions.ts";
import type { Scheduler } from "./app/positions/ports.ts";
import { restorePositions } from "./app/positions/restore.ts";
import { SecondHandTracks } from "./app/positions/second-hand-tracks.ts";
import { SnapshotGate } from "./app/positions/snapshot-gate.ts";
import { TickLoop } from "./app/positions/tick.ts";
import { createTrackDesk, LOST_AFTER_MS, type TrackDesk } from "./app/positions/track-desk.ts";
import { TrackLog } from "./app/positions/track-log.ts";
import { type Subscriber, seatOfView } from "./app/view-registry.ts";
import { FrameLanes } from "./edge/frame-lanes.ts";
import type { Metrics } from "./edge/metrics.ts";
import type { TrackStore } from "./tracks/track-store.ts";

/** No turn of a tick takes much longer than this: events go out between two of them. */
const TURN_MS = 4;
/** While patches wait, which are cut into turns too and have one between any two of these. */
const HURRIED_TURN_MS = 0.5;

/** A phone has no map until it asks for one: nobody's battery pays for frames that nothing shows. */
const waitsForMap = ({ view }: Subscriber): boolean => seatOfView(view) === "field";

/** Positions of one server: intake, last values, one frame per view per tick. */
export interface PositionService {
  readonly ingest: PositionIngest;
  counted(counts: IngestCounts): void;
  opened(subscriber: Subscriber, socket: Socket): void;
  /** It is about to be cut: no frame goes to it any more. */
  closing(subscriber: Subscriber): void;
  closed(subscriber: Subscriber, last: boolean): void;
  /** `asked`: by the client itself, which has a map open then. */
  snapshot(subscriber: Subscriber, asked: boolean): void;
  mark(view: ViewKey): PositionMark;
  /** Where this officer was last, unless that is too old to go by (LOST). */
  last(trackIndex: number): LatLng | undefined;
  /** Where officers were. */
  readonly tracks: TrackDesk;
  /** Positions are not kept now: phones are not told that they are. */
  areTracksFailing(): boolean;
  /** Positions between nodes; absent where this is the only one. */
  readonly between?: NodePositions;
  /** Once a second: what other nodes took goes to this one's disk. */
  flushSecondHand(): Promise<void>;
  /** Once in a few seconds. */
  lookAfterTracks(): Promise<void>;
  /** The last positions of those on duty, with their age, as the tracks have them. */
  restore(): Promise<number>;
  stop(): Promise<void>;
}

const inRealTime: Scheduler = {
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};

/** What other nodes took, and where this one's own goes. */
export interface PositionExchange {
  readonly store: TrackStore;
  readonly listening: Listening;
  readonly publish: (body: Uint8Array, courtId: string) => void;
}

export interface PositionRoads {
  readonly store: TrackStore;
  /** Absent where this is the only node. */
  readonly exchange?: PositionExchange;
  /** Told when keeping positions begins to fail and when it works again. */
  readonly onTurn: (failing: boolean, why: unknown) => void;
  /** One socket could not be written to. */
  readonly onError: (error: unknown) => void;
}

export function createPositionService(
  kernel: Kernel,
  clock: Clock,
  metrics: Metrics,
  { store, onTurn, onError, exchange }: PositionRoads,
): PositionService {
  const { world } = kernel.replica;
  const values = new LastValues();
  const gate = new SnapshotGate(clock);
  const log = new TrackLog({ store, clock, scheduler: inRealTime, onTurn });
  const lanes = new FrameLanes({
    admit: (socketId, isDrained) => gate.admit(socketId, isDrained),
    picture: (view) => ticks.snapshot(view),
  });
  const ticks: TickLoop = new TickLoop({
    values,
    clock,
    scheduler: inRealTime,
    turns: {
      next: setImmediate,
      monoMs: () => performance.now(),
      turnMs: () => (kernel.views.backlog() > 0 ? HURRIED_TURN_MS : TURN_MS),
    },
    sinks: (view) => lanes.of(view),
    stale: () => lanes.stale(),
    failed: onError,
  });
  const visibility = new OfficerVisibility(world, ticks);
  const others = exchange && exchanging(exchange, { kernel, clock, values, ticks });
  const found = others ? mergedTracks(store, others.store, others.lacks) : store;
  const ingest = new PositionIngest({
    values,
    tracks: log,
    trackedSince: (officerId) => {
      const officer = world.get("officer", officerId);
      return officer && officer.duty !== "OFF_DUTY" ? officer.dutySince : undefined;
    },
    changed: (trackIndex) => {
      ticks.changed(trackIndex);
      others?.between.taken(trackIndex);
    },
  });
  kernel.onTouched((touched) => {
    const officerIds = touched.filter((ref) => ref.type === "officer").map((ref) => ref.id);
    if (officerIds.length === 0) return;
    visibility.touched(officerIds);
    forgetOffDuty(ingest, world, officerIds, clock.now(), others?.tracks);
  });
  ticks.start();
  return {
    ingest,
    counted: fixCounter(metrics),
    opened: (subscriber, socket) => {
      lanes.open(subscriber.view, socket);
      if (!waitsForMap(subscriber)) visibility.open(subscriber.view);
    },
    closing: ({ view, id }) => lanes.close(view, id),
    closed: (subscriber, last) => {
      gate.forget(subscriber.id);
      lanes.close(subscriber.view, subscriber.id);
      if (last) visibility.close(subscriber.view);
    },
    snapshot: (subscriber, asked) => {
      if (asked) visibility.open(subscriber.view);
      lanes.show(subscriber.view, subscriber.id);
    },
    mark: (view) => ticks.mark(view) ?? { tick: 0, set: 0 },
    last: (trackIndex) => {
      const fix = values.previous(trackIndex);
      if (!fix || clock.now() - fix.deviceAt > LOST_AFTER_MS) return undefined;
      return { lat: fix.lat, lng: fix.lng };
    },
    tracks: createTrackDesk(found),
    ...(others ? { between: others.between } : {}),
    areTracksFailing: () => log.isFailing,
    lookAfterTracks: async () => {
      await Promise.all([log.tick(), others?.tracks.lookAfter()]);
    },
    flushSecondHand: async () => others?.tracks.flush(),
    restore: () =>
      restorePositions({
        store: found,
        values,
        world,
        now: clock.now(),
        changed: (trackIndex) => ticks.changed(trackIndex),
      }),
    stop: async () => {
      ticks.stop();
      await Promise.all([log.stop(), others?.tracks.stop()]);
    },
  };
}

interface ExchangeParts {
  readonly kernel: Kernel;
  readonly clock: Clock;
  readonly values: LastValues;
  readonly ticks: TickLoop;
}

/** Positions of other nodes: on this one's maps at once, on its disk beside its own. */
function exchanging(
  { store, listening, publish }: PositionExchange,
  { kernel, clock, values, ticks }: ExchangeParts,
) {
  const onLost = () => listening.lost(Math.floor(clock.now()));
  const tracks = new SecondHandTracks({ store, clock, onLost });
  const between = new NodePositions({
    values,
    world: kernel.replica.world,
    clock,
    changed: (trackIndex) => ticks.changed(trackIndex),
    publish,
    secondHand: (rows) => tracks.take(rows),
  });
  const lacks = (from: number, to: number) => listening.lacks(from, to);
  return { store, tracks, between, lacks };
}

function forgetOffDuty(
  ingest: PositionIngest,
  world: StateReader,
  officerIds: readonly string[],
  now: number,
  others: SecondHandTracks | undefined,
): void {
  for (const id of officerIds) {
    const officer = world.get("officer", id);
    if (officer?.duty !== "OFF_DUTY") continue;
    const endedAt = ingest.forget(officer.trackIndex, now);
    if (endedAt !== undefined) others?.ended(officer.trackIndex, endedAt);
  }
}

/** Labels are looked up once: twenty thousand fixes a second are counted. */
function fixCounter({ positions }: Metrics): (counts: IngestCounts) => void {
  const byResult = new Map<string, { inc(count: number): void }>();
  return (counts) => {
    for (const result in counts) {
      const count = counts[result as keyof IngestCounts];
      if (count === 0) continue;
      let counter = byResult.get(result);
      if (!counter) {
        counter = positions.labels({ result: result.toLowerCase() });
        byResult.set(result, counter);
      }
      counter.inc(count);
    }
  };
}
