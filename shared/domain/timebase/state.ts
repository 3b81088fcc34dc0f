import type { RecordBase } from "../kernel/record.ts";

/**
 * - HELD: the machine's clock jumped; the server keeps its own time until a person decides.
 * - ACCEPTED: a person took the machine's clock for right; the server goes there.
 * - REFUSED: a person took it for wrong; the server keeps its own time until the two agree again.
 * - AGREED: the two differ by less than 2 s.
 */
export type NodeTimeState = "HELD" | "ACCEPTED" | "REFUSED" | "AGREED";

/** How one server process stands to its machine's clock. */
export interface NodeTime {
  readonly node: string;
  readonly state: NodeTimeState;
  /** Machine's clock minus server time when it was held, ms; negative when the machine is behind. */
  readonly offMs: number;
  /** What the machine's clock said then, ms. */
  readonly wallAt: number;
  /** Server time at which it was held. */
  readonly heldAt: number;
}

/** What a person decided about one held step. */
export interface TimeDecision {
  readonly node: string;
  readonly offMs: number;
  readonly accepted: boolean;
  readonly by: string;
  readonly at: number;
}

/** 时间基准: one record, `time`, of the court at the root of the tree. */
export interface Timebase extends RecordBase {
  readonly type: "timebase";
  readonly nodes: readonly NodeTime[];
  /** Newest first, the last 20. */
  readonly decisions: readonly TimeDecision[];
}

export const TIMEBASE_ID = "time";

/** The machine's clock may differ by less than this without anybody being asked, ms. */
export const HELD_FROM_MS = 2_000;

export const nodeTime = (timebase: Timebase | undefined, node: string): NodeTime | undefined =>
  timebase?.nodes.find((each) => each.node === node);
