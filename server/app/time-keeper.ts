import type { Ref } from "../../shared/domain/kernel/ref.ts";
import type { StateReader } from "../../shared/domain/kernel/state.ts";
import {
  HELD_FROM_MS,
  type NodeTime,
  nodeTime,
  TIMEBASE_ID,
} from "../../shared/domain/timebase/state.ts";
import type { CommandAnswer } from "../../shared/wire/command.ts";
import type { SystemCommand } from "./api.ts";
import type { SystemClock, TimeAtStart } from "./clock.ts";

export interface TimeKeeperDeps {
  readonly clock: SystemClock;
  readonly world: StateReader;
  readonly node: string;
  readonly newId: () => string;
  readonly issue: (command: SystemCommand) => Promise<CommandAnswer>;
}

const REF: Ref = { type: "timebase", id: TIMEBASE_ID };

/**
 * Says in the log what the machine's clock did, and does to the server's time what a person decided.
 * Looked at each second; a step counts when two looks in a row found the same one, because a process
 * that was stopped between reading its two clocks sees a step that was none.
 */
export class TimeKeeper {
  private seenMs = 0;
  private before: NodeTime | undefined;
  /**
   * Refused in an earlier life and not asked about in this one: nothing tells whether it is the same
   * step that is still there, or a machine that was put right while nobody looked.
   */
  private isRefusedBefore: boolean;
  private readonly deps: TimeKeeperDeps;

  /** The world is the log's as it was read at start; `clock.startAt` has had what it says. */
  constructor(deps: TimeKeeperDeps) {
    this.deps = deps;
    this.before = this.known();
    this.isRefusedBefore = this.before?.state === "REFUSED";
  }

  /** The machine's clock is not believed, or was not a moment ago. */
  isHolding(): boolean {
    return this.deps.clock.heldStepMs() !== 0 && this.seenMs !== 0;
  }

  async look(): Promise<void> {
    const { clock } = this.deps;
    const heldMs = clock.heldStepMs();
    const isSame = heldMs !== 0 && Math.abs(heldMs - this.seenMs) < HELD_FROM_MS;
    this.seenMs = heldMs;
    const known = this.known();
    if (isSame && (this.isRefusedBefore || isNews(known, heldMs))) return this.hold(heldMs);
    if (known && known.state !== "AGREED" && clock.agrees()) await this.agree(known);
  }

  /** After a commit: a decision about this node's clock takes effect with it. */
  touched(refs: readonly Ref[]): void {
    if (!refs.some(({ type }) => type === REF.type)) return;
    const { before } = this;
    this.before = this.known();
    if (this.before?.state !== "REFUSED") this.isRefusedBefore = false;
    if (this.before?.state !== "ACCEPTED" || before?.state === "ACCEPTED") return;
    this.deps.clock.accept(this.before.offMs);
    this.seenMs = 0;
  }

  private known(): NodeTime | undefined {
    return nodeTime(this.deps.world.get("timebase", TIMEBASE_ID), this.deps.node);
  }

  private async hold(offMs: number): Promise<void> {
    const { clock, node, newId, world } = this.deps;
    if (world.count("court") === 0) return; // an empty log: nobody could be asked yet
    await this.issue(`sys:timebase:hold:${newId()}`, "timebase.hold", {
      node,
      offMs,
      wallAt: Math.round(clock.wallNow()),
    });
  }

  private async agree({ node, heldAt }: NodeTime): Promise<void> {
    await this.issue(`sys:timebase:agree:${node}:${heldAt}`, "timebase.agree", { node });
  }

  /** A refusal (no court yet, another node was faster) is asked again at the next look. */
  private async issue(id: string, kind: string, payload: Record<string, unknown>): Promise<void> {
    await this.deps.issue({ id, kind, ref: REF, payload });
  }
}

/** Never held, settled since, or by now another step than the one a person was asked about. */
const isNews = (known: NodeTime | undefined, heldMs: number): boolean =>
  known === undefined ||
  known.state === "AGREED" ||
  known.state === "ACCEPTED" ||
  Math.abs(known.offMs - heldMs) >= HELD_FROM_MS;

/** What the log says of this node's clock at start. */
export function timeAtStart(world: StateReader, node: string, lastAt: number): TimeAtStart {
  const known = nodeTime(world.get("timebase", TIMEBASE_ID), node);
  switch (known?.state) {
    case "HELD":
    case "REFUSED":
      return { lastAt, heldMs: known.offMs };
    case "ACCEPTED":
      return { lastAt, acceptedMs: known.offMs };
    default:
      return { lastAt };
  }
}
