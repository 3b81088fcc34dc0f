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

/** NOT_STORED: believed and shown, but the track takes nothing now. */
export type IngestOutcome = "ACCEPTED" | "LATE" | "NOT_STORED" | RejectReason;
export type IngestCounts = Record<IngestOutcome, number>;

export interface IngestResult {
  /** The highest `seq` dealt with, the refused ones too: none of them need be sent again. */
  readonly storedUpTo: number | undefined;
  readonly counts: IngestCounts;
  /**
   * Resolves when it is known whether everything of these that belongs to a track would survive the
   * end of this process. Nothing may be answered as stored before, and nothing at all when it is
   * false: the sender then has to send again.
   */
  readonly kept: Promise<boolean>;
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
    return { storedUpTo, counts, kept: this.#kept(fixes, counts) };
  }

  /** Repeats wait too: the first of them may still be on its way. */
  #kept(fixes: readonly Fix[], counts: IngestCounts): Promise<boolean> {
    return trackedIn(counts) === 0 ? NOTHING_TO_KEEP : this.#keptOnTrack(fixes, counts);
  }

  async #keptOnTrack(fixes: readonly Fix[], counts: IngestCounts): Promise<boolean> {
    const settled = await this.#ports.tracks.settled();
    if (settled) return counts.NOT_STORED === 0;
    for (const { deviceId, deviceAt } of fixes) this.#recent.forget(deviceId, deviceAt);
    return false;
  }

  /** A sign of life without a position: a heartbeat, a keep-alive of a device. */
  seen(trackIndex: number, at: number): void {
    this.#ports.values.seen(trackIndex, at);
  }

  /** Server time of the last sign of life; what UNREACHABLE is derived from. */
  lastSeenAt(trackIndex: number): number | undefined {
    return this.#ports.values.lastSeenAt(trackIndex);
  }

  /**
   * The officer went off duty: the last position leaves every later frame, snapshot and picture.
   * @returns the time of the end, where there was a position.
   */
  forget(trackIndex: number, now: number): number | undefined {
    const { values, tracks } = this.#ports;
    const last = values.previous(trackIndex);
    if (!last) return undefined;
    // A device's clock may be ahead of ours: the end stands behind its last fix all the same.
    const endedAt = Math.max(Math.floor(now), last.deviceAt + 1);
    tracks.ended(trackIndex, endedAt);
    values.forget(trackIndex);
    return endedAt;
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
    const isTracked = tracks.append(fix);
    if (isTracked) this.#recent.add(fix.deviceId, fix.deviceAt);
    if (verdict.kind === "ACCEPT") {
      values.put(fix);
      changed(fix.trackIndex);
    }
    if (!isTracked) return "NOT_STORED";
    return verdict.kind === "LATE" ? "LATE" : "ACCEPTED";
  }
}

const NOTHING_TO_KEEP = Promise.resolve(true);

/** What the counts come to once it is known whether the track has what belongs to it. */
export function countsOf(counts: IngestCounts, kept: boolean): IngestCounts {
  if (kept) return counts;
  const tracked = trackedIn(counts);
  return { ...counts, ACCEPTED: 0, LATE: 0, DUPLICATE: 0, NOT_STORED: tracked };
}

const trackedIn = ({ ACCEPTED, LATE, DUPLICATE, NOT_STORED }: IngestCounts): number =>
  ACCEPTED + LATE + DUPLICATE + NOT_STORED;

const NO_COUNTS = Object.fromEntries(
  ["ACCEPTED", "LATE", "NOT_STORED", ...REJECT_REASONS].map((outcome) => [outcome, 0]),
) as IngestCounts;

const noCounts = (): IngestCounts => ({ ...NO_COUNTS });
