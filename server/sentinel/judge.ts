import type { Beat } from "./beat.ts";

/**
 * - SILENT: no new beat: the server is dead, hangs, or cannot write.
 * - SCAN_LATE: it beats, but its deadlines are not scanned.
 * - OVERDUE: it scans, but a deadline that is over is not acted on.
 */
export type Reason = "SILENT" | "SCAN_LATE" | "OVERDUE";

export interface Judgement {
  readonly state: "WELL" | "LATE";
  readonly reasons: readonly Reason[];
  /** How long it has been so, ms. */
  readonly forMs: number;
  /** Since the last new beat, ms. */
  readonly silentMs: number;
  readonly storeMode?: Beat["storeMode"];
}

/** Nothing new for longer than this is an alarm. */
export const LATE_AFTER_MS = 5_000;

/**
 * Judges beats by its own monotonic clock alone: what times a beat names may be wrong, whether it is
 * a new one cannot be.
 */
export class Judge {
  private beat: Beat | undefined;
  private beatAt: number;
  private scanAt: number;
  private overdueSince: number | undefined;
  private changedAt: number;
  private state: Judgement["state"] = "WELL";

  /** Until the first look it has heard nothing, and that counts from now on. */
  constructor(mono: number) {
    this.beatAt = mono;
    this.scanAt = mono;
    this.changedAt = mono;
  }

  look(beat: Beat | undefined, mono: number): Judgement {
    if (beat && isNew(beat, this.beat)) this.take(beat, mono);
    const reasons = this.reasons(mono);
    const state = reasons.length > 0 ? "LATE" : "WELL";
    if (state !== this.state) this.changedAt = mono;
    this.state = state;
    return {
      state,
      reasons,
      forMs: mono - this.changedAt,
      silentMs: mono - this.beatAt,
      ...(this.beat ? { storeMode: this.beat.storeMode } : {}),
    };
  }

  private take(beat: Beat, mono: number): void {
    const { beat: before } = this;
    this.beat = beat;
    this.beatAt = mono;
    if (beat.boot !== before?.boot || beat.scans !== before.scans) this.scanAt = mono;
    this.overdueSince = beat.overdue ? (this.overdueSince ?? mono) : undefined;
  }

  private reasons(mono: number): Reason[] {
    if (mono - this.beatAt > LATE_AFTER_MS) return ["SILENT"];
    const { overdueSince } = this;
    const isOverdue = overdueSince !== undefined && mono - overdueSince > LATE_AFTER_MS;
    return [
      ...(mono - this.scanAt > LATE_AFTER_MS ? (["SCAN_LATE"] as const) : []),
      ...(isOverdue ? (["OVERDUE"] as const) : []),
    ];
  }
}

const isNew = (beat: Beat, before: Beat | undefined): boolean =>
  beat.boot !== before?.boot || beat.mono !== before.mono;
