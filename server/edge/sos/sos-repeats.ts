import { LRUCache } from "lru-cache";
import { isOpen } from "../../../shared/domain/incident/level.ts";
import type { StateReader } from "../../../shared/domain/kernel/state.ts";
import type { CommandAnswer } from "../../../shared/wire/command.ts";

export interface SosCall {
  readonly keyId: string;
  readonly officerId: string;
  readonly commandId: string;
}

interface KeyState {
  /** Calls that may still pass at once. */
  left: number;
  filledAt: number;
  /** The last one that passed. */
  last: Passed | undefined;
}

interface Passed {
  readonly call: SosCall;
  readonly at: number;
  readonly answer: Promise<CommandAnswer>;
}

/** A hand that holds the button again and again never gets there: a hold takes three seconds. */
const AT_ONCE = 5;
const ONE_PER_MS = 2_000;
/** A call in the emergency journal cannot be looked up in the state; so long it is taken to be open. */
const JOURNALLED_OPEN_MS = 60_000;
/** Keys remembered; each is an enrolled one that signed well. */
const KEYS = 10_000;

/**
 * SOSR-7: a stolen phone can hold its button without end. What it sends beyond a few calls is merged
 * here into the last one that passed, as long as that one's alarm is open, so neither memory nor log
 * grows with it. Whatever cannot be merged passes.
 */
export class SosRepeats {
  private readonly keys = new LRUCache<string, KeyState>({ max: KEYS });
  private readonly world: StateReader;
  private readonly monotonic: () => number;

  constructor(world: StateReader, monotonic: () => number) {
    this.world = world;
    this.monotonic = monotonic;
  }

  async take(call: SosCall, pass: () => Promise<CommandAnswer>): Promise<CommandAnswer> {
    const state = this.stateOf(call.keyId);
    while (state.left < 1 && state.last && state.last.call.commandId !== call.commandId) {
      const { last } = state;
      const answer = await last.answer.catch(() => undefined); // its own sender was told
      if (state.last !== last) continue; // another one passed meanwhile
      if (!answer || !this.isStillOpen(last, answer)) break;
      return { ...answer, id: call.commandId, joined: last.call.commandId };
    }
    state.left = Math.max(0, state.left - 1);
    const answer = pass();
    state.last = { call, at: this.monotonic(), answer };
    return answer;
  }

  private stateOf(keyId: string): KeyState {
    const now = this.monotonic();
    const known = this.keys.get(keyId);
    if (!known) {
      const fresh: KeyState = { left: AT_ONCE, filledAt: now, last: undefined };
      this.keys.set(keyId, fresh);
      return fresh;
    }
    const more = Math.floor((now - known.filledAt) / ONE_PER_MS);
    if (more > 0) {
      known.left = Math.min(AT_ONCE, known.left + more);
      known.filledAt += more * ONE_PER_MS;
    }
    return known;
  }

  private isStillOpen({ call, at }: Passed, answer: CommandAnswer): boolean {
    switch (answer.outcome) {
      case "REFUSED":
        return false;
      case "JOURNALLED":
        return this.monotonic() - at < JOURNALLED_OPEN_MS;
      case "ACCEPTED":
        return this.world
          .linked("incident", `officer:${call.officerId}`)
          .some((each) => isOpen(each) && each.commandIds.includes(call.commandId));
    }
  }
}
