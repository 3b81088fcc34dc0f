import type { Socket } from "socket.io";
import type { ViewKey } from "../shared/domain/authority/audience.ts";
import type { LatLng } from "../shared/domain/kernel/record.ts";
import type { Clock } from "./app/clock.ts";
import type { PositionMark } from "./app/heartbeat.ts";
import type { Kernel } from "./app/kernel.ts";
import { OfficerVisibility } from "./app/officer-visibility.ts";
import { type IngestCounts, PositionIngest } from "./app/positions/ingest.ts";
import { LastValues } from "./app/positions/last-values.ts";
import { SnapshotGate } from "./app/positions/snapshot-gate.ts";
import { TickLoop } from "./app/positions/tick.ts";
import type { Subscriber } from "./app/view-registry.ts";
import { isDrained, writeFrame } from "./edge/frame-writer.ts";
import type { Metrics } from "./edge/metrics.ts";

/** model.md 4.3, CFG. */
const LOST_AFTER_MS = 120_000;

/** Positions of one server: intake, last values, one frame per view per tick. */
export interface PositionService {
  readonly ingest: PositionIngest;
  counted(counts: IngestCounts): void;
  opened(subscriber: Subscriber, socket: Socket): void;
  closed(subscriber: Subscriber, last: boolean): void;
  snapshot(socket: Socket, subscriber: Subscriber): void;
  mark(view: ViewKey): PositionMark;
  /** Where this officer was last, unless that is too old to go by (LOST). */
  last(trackIndex: number): LatLng | undefined;
  stop(): void;
}

export function createPositionService(
  kernel: Kernel,
  clock: Clock,
  metrics: Metrics,
): PositionService {
  const { world } = kernel.replica;
  const values = new LastValues();
  const gate = new SnapshotGate(clock);
  const socketsByView = new Map<string, Set<Socket>>();
  const ticks = new TickLoop({
    values,
    clock,
    scheduler: {
      after: (delayMs, run) => {
        const timer = setTimeout(run, delayMs);
        return () => clearTimeout(timer);
      },
    },
    writeFrame: (view, bytes) => {
      for (const socket of socketsByView.get(view) ?? []) writeFrame(socket, bytes);
    },
  });
  const visibility = new OfficerVisibility(world, ticks);
  const ingest = new PositionIngest({
    values,
    // Tracks are not kept yet: a dot missing after a restart returns with its next fix.
    tracks: { append: () => undefined },
    trackedSince: (officerId) => {
      const officer = world.get("officer", officerId);
      return officer && officer.duty !== "OFF_DUTY" ? officer.dutySince : undefined;
    },
    changed: (trackIndex) => ticks.changed(trackIndex),
  });
  kernel.onTouched((touched) => {
    const officerIds = touched.filter((ref) => ref.type === "officer").map((ref) => ref.id);
    if (officerIds.length === 0) return;
    visibility.touched(officerIds);
    for (const id of officerIds) {
      const officer = world.get("officer", id);
      if (officer?.duty === "OFF_DUTY") ingest.forget(officer.trackIndex);
    }
  });
  ticks.start();
  return {
    ingest,
    counted: (counts) => {
      for (const [result, count] of Object.entries(counts)) {
        if (count > 0) metrics.positions.inc({ result: result.toLowerCase() }, count);
      }
    },
    opened: (subscriber, socket) => {
      const sockets = socketsByView.get(subscriber.view) ?? new Set();
      sockets.add(socket);
      socketsByView.set(subscriber.view, sockets);
      visibility.open(subscriber.view);
    },
    closed: (subscriber, last) => {
      gate.forget(subscriber.id);
      for (const socket of socketsByView.get(subscriber.view) ?? []) {
        if (socket.id === subscriber.id) socketsByView.get(subscriber.view)?.delete(socket);
      }
      if (!last) return;
      socketsByView.delete(subscriber.view);
      visibility.close(subscriber.view);
    },
    snapshot: (socket, subscriber) => {
      if (!gate.admit(socket.id, isDrained(socket))) return;
      const bytes = ticks.snapshot(subscriber.view);
      if (bytes) writeFrame(socket, bytes);
    },
    mark: (view) => ticks.mark(view) ?? { tick: 0, set: 0 },
    last: (trackIndex) => {
      const fix = values.previous(trackIndex);
      if (!fix || clock.now() - fix.deviceAt > LOST_AFTER_MS) return undefined;
      return { lat: fix.lat, lng: fix.lng };
    },
    stop: () => ticks.stop(),
  };
}
