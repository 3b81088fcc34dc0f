import type { Fix } from "./fix.ts";
import type { LastValues } from "./last-values.ts";
import type { TrackSink } from "./ports.ts";
import { RecentFixes } from "./recent-fixes.ts";
import { judgeFix, REJECT_REASONS, type RejectReason } from "./sanity.ts";

export interface IngestPorts {
  readonly values: LastValues;
  readonly tracks: TrackSink;
  /**
   * Device time from which this officer is tracked: the beginning of the duty, 0 when unknown;
   * nothing when off duty. Fixes from before are not kept, whenever they arrive.
   */
  readonly trackedSince: (officerId: string) => number | undefined;
  /** A newer position is in `values`. */
  readonly changed: (trackIndex: number) => void;
}

export type IngestOutcome = "ACCEPTED" | "LATE" | RejectReason;
export type IngestCounts = Record<IngestOutcome, number>;

export interface IngestResult {
  /** The highest `seq` dealt with, the refused ones too: none of them need be sent again. */
  readonly storedUpTo: number | undefined;
  readonly counts: IngestCounts;
}

/** The one door for positions, whatever road they came by. */
export class PositionIngest {
  readonly #ports: IngestPorts;
  readonly #recent = new RecentFixes();

  constructor(ports: IngestPorts) {
    this.#ports = ports;
  }

  ingest(fixes: readonly Fix[]): IngestResult {
    const counts = noCounts();
    let storedUpTo: number | undefined;
    for (const fix of fixes) {
      counts[this.#take(fix)]++;
      if (fix.seq !== undefined) storedUpTo = Math.max(storedUpTo ?? 0, fix.seq);
    }
    return { storedUpTo, counts };
  }

  /** A sign of life without a position: a heartbeat, a keep-alive of a device. */
  seen(trackIndex: number, at: number): void {
    this.#ports.values.seen(trackIndex, at);
  }

  /** Server time of the last sign of life; what UNREACHABLE is derived from. */
  lastSeenAt(trackIndex: number): number | undefined {
    return this.#ports.values.lastSeenAt(trackIndex);
  }

  /** The officer went off duty: the last position leaves every later frame and snapshot. */
  forget(trackIndex: number): void {
    this.#ports.values.forget(trackIndex);
  }

  #take(fix: Fix): IngestOutcome {
    const { values, tracks, changed, trackedSince } = this.#ports;
    const since = trackedSince(fix.officerId);
    if (since === undefined || fix.deviceAt < since) return "OFF_DUTY";
    const verdict = judgeFix(fix, values.previous(fix.trackIndex));
    if (verdict.kind === "REJECT" && verdict.reason === "OUT_OF_RANGE") return verdict.reason;
    values.seen(fix.trackIndex, fix.receivedAt);
    if (verdict.kind === "REJECT") return verdict.reason;
    if (this.#recent.has(fix.deviceId, fix.deviceAt)) return "DUPLICATE";
    this.#recent.add(fix.deviceId, fix.deviceAt);
    tracks.append(fix);
    if (verdict.kind === "LATE") return "LATE";
    values.put(fix);
    changed(fix.trackIndex);
    return "ACCEPTED";
  }
}

const OUTCOMES: readonly IngestOutcome[] = ["ACCEPTED", "LATE", ...REJECT_REASONS];

const noCounts = (): IngestCounts =>
  Object.fromEntries(OUTCOMES.map((outcome) => [outcome, 0])) as IngestCounts;
