import { type Clocks, deadlineCommandId } from "../../shared/domain/kernel/clock.ts";
import type { Ref } from "../../shared/domain/kernel/ref.ts";
import type { Refusal } from "../../shared/domain/kernel/refusal.ts";
import { getRef, type StateReader } from "../../shared/domain/kernel/state.ts";
import { RAISE_CLOCK } from "../../shared/domain/raise-clock.ts";
import type { RecordedCommand } from "../log/commit-body.ts";
import { decideInto } from "./decide-batch.ts";
import type { HeldEntry } from "./held-entry.ts";
import type { PreparedCommand } from "./pending.ts";
import { Overlay, type World } from "./world.ts";

export interface DecidedHeld {
  readonly overlay: Overlay;
  readonly recorded: readonly RecordedCommand[];
  /** What the state no longer allows; a person must hear of it. */
  readonly refused: readonly { readonly entry: HeldEntry; readonly refusal: Refusal }[];
}

/**
 * Decides what the emergency journal holds on the present state, in its order and each at its own
 * time: the same on every attempt, at the import, and after a restart.
 * @param seq number of the commit that will hold them.
 * @param isKnown whether the log holds a command already (its append was late, not lost).
 */
export function decideHeld(
  world: World,
  entries: readonly HeldEntry[],
  seq: number,
  isKnown: (id: string) => boolean,
): DecidedHeld {
  const overlay = new Overlay(world);
  const recorded: RecordedCommand[] = [];
  const refused: { entry: HeldEntry; refusal: Refusal }[] = [];
  const seen = new Set<string>();
  for (const entry of entries) {
    const prepared = rebased(entry.prepared, overlay, world);
    const { id, kind } = prepared.command;
    if (seen.has(id) || isKnown(id)) continue;
    seen.add(id);
    const decided = decideInto(overlay, prepared, { seq, now: entry.at, journalledAt: entry.at });
    if (!("refusal" in decided)) recorded.push(decided);
    // A level that the log raised by itself meanwhile needs no raising.
    else if (kind !== RAISE_CLOCK) refused.push({ entry, refusal: decided.refusal });
  }
  return { overlay, recorded, refused };
}

/**
 * A clock that started in the journal was named by the commit expected then; where another commit
 * came between, the raising of its levels follows it to the commit it really starts in. Only to its
 * own start: a level of a call that was answered since is none of the call after it.
 */
function rebased(
  prepared: PreparedCommand,
  state: StateReader,
  inLog: StateReader,
): PreparedCommand {
  const { command } = prepared;
  if (command.kind !== RAISE_CLOCK) return prepared;
  const { clock, level, startSeq: expected } = command.payload as unknown as RaisePayload;
  const startSeq = startOf(state, command.ref, clock);
  if (startSeq === undefined || startSeq === expected) return prepared;
  const isOther =
    startOf(inLog, command.ref, clock) === expected || turn(startSeq) !== turn(expected);
  if (isOther) return prepared;
  const id = deadlineCommandId({ ref: command.ref, clock, startSeq, level, at: 0 });
  return { ...prepared, command: { ...command, id, payload: { clock, startSeq, level } } };
}

interface RaisePayload {
  readonly clock: string;
  readonly startSeq: number;
  readonly level: number;
}

function startOf(state: StateReader, ref: Ref, clock: string): number | undefined {
  const record = getRef(state, ref) as { clocks?: Clocks } | undefined;
  return record?.clocks?.[clock]?.startSeq;
}

/** Which of several starts in one commit. */
const turn = (startSeq: number): number => Math.round((startSeq % 1) * 1_000);
