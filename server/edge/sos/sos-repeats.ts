import { isOpen } from "../../../shared/domain/incident/level.ts";
import type { Incident } from "../../../shared/domain/incident/state.ts";
import type { StateReader } from "../../../shared/domain/kernel/state.ts";
import type { CommandAnswer } from "../../../shared/wire/command.ts";
import type { Origin } from "../../app/api.ts";
import { leastRecent } from "../../app/least-recent.ts";

export interface SosCall {
  readonly commandId: string;
  readonly from: Origin;
}

interface SenderState {
  /** Calls that may still pass at once. */
  left: number;
  filledAt: number;
  /** Answer to the last one that passed. */
  last: Promise<CommandAnswer> | undefined;
  /** The last one that was stored: what was refused since must not hide it. */
  stored: Stored | undefined;
}

interface Stored {
  readonly at: number;
  readonly answer: CommandAnswer;
}

/** A hand that holds the button again and again never gets there: a hold takes three seconds. */
const AT_ONCE = 5;
const ONE_PER_MS = 2_000;
/** A call in the emergency journal cannot be looked up in the state; so long it is taken to be open. */
const JOURNALLED_OPEN_MS = 60_000;
/** Senders remembered; each had a key, a session or a device. */
const SENDERS = 10_000;

/**
 * SOSR-7: a stolen phone can hold its button without end. What it sends beyond a few calls is merged
 * here into the last one that was stored, as long as that one's alarm is open, so neither memory nor
 * log grows with it. Whatever cannot be merged passes. One for all roads: a flood that changes its
 * road is the same flood.
 */
export class SosRepeats {
  private readonly senders = leastRecent<SenderState>(SENDERS);
  private readonly world: StateReader;
  private readonly monotonic: () => number;

  constructor(world: StateReader, monotonic: () => number) {
    this.world = world;
    this.monotonic = monotonic;
  }

  async take(call: SosCall, pass: () => Promise<CommandAnswer>): Promise<CommandAnswer> {
    const state = this.stateOf(senderOf(call.from));
    while (state.left < 1 && state.last) {
      const { last } = state;
      await last.catch(() => undefined); // its own sender was told
      if (state.last !== last) continue; // another one passed meanwhile
      const merged = state.stored && this.mergedInto(state.stored, call);
      if (!merged) break;
      return merged;
    }
    state.left = Math.max(0, state.left - 1);
    state.last = this.passed(state, pass);
    return state.last;
  }

  private async passed(
    state: SenderState,
    pass: () => Promise<CommandAnswer>,
  ): Promise<CommandAnswer> {
    const at = this.monotonic();
    const answer = await pass();
    if (answer.outcome !== "REFUSED") state.stored = { at, answer };
    return answer;
  }

  /** What a call is answered that needs no commit of its own; nothing when it has to pass. */
  private mergedInto(stored: Stored, { commandId, from }: SosCall): CommandAnswer | undefined {
    const { answer } = stored;
    const incident = this.world
      .linked("incident", `officer:${from.officerId}`)
      .find((each) => each.commandIds.includes(answer.id));
    // The log holds it now: one call passes, and has an answer from there for the others.
    if (incident && answer.outcome === "JOURNALLED") return undefined;
    // A retry costs no commit, and is answered by the log itself.
    const isRetry = answer.id === commandId || incident?.commandIds.includes(commandId) === true;
    const rings = incident ? stillRings(incident, from) : this.isHeld(stored);
    return rings && !isRetry ? { ...answer, id: commandId, joined: answer.id } : undefined;
  }

  private isHeld({ at, answer }: Stored): boolean {
    return answer.outcome === "JOURNALLED" && this.monotonic() - at < JOURNALLED_OPEN_MS;
  }

  private stateOf(sender: string): SenderState {
    const now = this.monotonic();
    const known = this.senders.get(sender);
    if (!known) {
      const fresh = { left: AT_ONCE, filledAt: now, last: undefined, stored: undefined };
      this.senders.set(sender, fresh);
      return fresh;
    }
    const more = Math.floor((now - known.filledAt) / ONE_PER_MS);
    if (more > 0) {
      known.left = Math.min(AT_ONCE, known.left + more);
      known.filledAt += more * ONE_PER_MS;
    }
    return known;
  }
}

/** Acknowledged it rings no more: who is known and presses again means something by it. */
const stillRings = (incident: Incident, { unverified }: Origin): boolean =>
  isOpen(incident) && (unverified === true || incident.acknowledged === undefined);

/** A known officer is one sender on all his phones; of who is not, only key, session or device is known. */
const senderOf = ({ officerId, session, unverified }: Origin): string =>
  unverified ? `session:${session}` : `officer:${officerId}`;
