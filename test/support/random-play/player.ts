import { type Actor, SYSTEM } from "../../../shared/domain/authority/actor.ts";
import type { EntityType, Ref } from "../../../shared/domain/kernel/ref.ts";
import type { Refusal } from "../../../shared/domain/kernel/refusal.ts";
import { type AnyRecord, getRef } from "../../../shared/domain/kernel/state.ts";
import { commandEntry, commandKinds, moduleOf } from "../../../shared/domain/modules.ts";
import { RAISE_CLOCK } from "../../../shared/domain/raise-clock.ts";
import type { Appeal } from "./appeal.ts";
import { able, everybody } from "./crowd.ts";
import { Dice } from "./dice.ts";
import { preludeOf } from "./fitting.ts";
import { type Chance, worthMost } from "./guidance.ts";
import { partsIn, type Rule } from "./machines.ts";
import { PAY_COURTS } from "./pay-courts.ts";
import { PAY_CUSTODY } from "./pay-custody.ts";
import { PAY_DUTY } from "./pay-duty.ts";
import { PAY_FORCES } from "./pay-forces.ts";
import { PAY_OPERATION } from "./pay-operation.ts";
import { PAY_OVERSIGHT } from "./pay-oversight.ts";
import { type Given, type Outcome, PlayStory } from "./play-story.ts";
import { realm } from "./realm.ts";
import { type Remedy, remedyFor } from "./remedies.ts";
import type { Pay, Person } from "./wish.ts";

const PAY: Readonly<Record<string, Pay>> = {
  ...PAY_OPERATION,
  ...PAY_CUSTODY,
  ...PAY_COURTS,
  ...PAY_DUTY,
  ...PAY_FORCES,
  ...PAY_OVERSIGHT,
};

const KINDS = commandKinds();
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** How time goes between commands. */
export interface Pace {
  readonly jumps: readonly number[];
  readonly seldom: readonly number[];
  /** Longer than this nobody waits for a term to run out. */
  readonly patienceMs: number;
}
const JUMPS = [1_000, 16_000, 65_000, 4 * MINUTE, 11 * MINUTE, HOUR, 9 * HOUR, 26 * HOUR] as const;
const LONG_JUMPS = [4 * 24 * HOUR, 16 * 24 * HOUR, 40 * 24 * HOUR] as const;
const ANY_PACE: Pace = { jumps: JUMPS, seldom: LONG_JUMPS, patienceMs: Number.POSITIVE_INFINITY };
/** Of 100 turns so many are time, and of the others so many are tried without looking. */
const JUMP_SHARE = 6;
const WILD_SHARE = 6;
/** So many remedies in a row, and one inside another. */
const DEPTH = 9;
/** Not a word of the program: its guard is open, but no court stands so. */
const NOBODY_MAY: Refusal = { code: "NOT_THE_HOLDER" };
const NOBODY: Person = { kind: "person", officerId: "", courtId: "high", roles: [] };

/** One history: everybody in one province, time included, and what was tried next depends on what there is. */
export class Player {
  readonly story = new PlayStory(realm());
  readonly dice: Dice;
  readonly #people: readonly Person[];
  readonly #appeal: Appeal;
  #ids = 0;

  readonly #pace: Pace;

  /** @param appeal what has been taken so far, over all histories. */
  constructor(seed: number, appeal: Appeal, pace: Pace = ANY_PACE) {
    this.dice = new Dice(seed);
    this.#appeal = appeal;
    this.#pace = pace;
    this.#people = everybody(this.story);
  }

  /** One turn: a command, or time that passes with every clock raised; several outcomes then. */
  *turn(): Generator<Outcome> {
    if (this.dice.percent(JUMP_SHARE)) {
      const { jumps, seldom } = this.#pace;
      yield* this.story.pass(this.dice.pick(this.dice.percent(6) ? seldom : jumps) ?? 0);
      return;
    }
    if (this.dice.percent(WILD_SHARE)) {
      yield this.story.when(this.#wild());
      return;
    }
    yield* this.#guided();
  }

  *#guided(): Generator<Outcome> {
    const chance = worthMost(this.story, this.#appeal, this.dice);
    if (!chance) return;
    const before = preludeOf(chance.rule, chance.record, this.story);
    if (before) yield* this.#pursued({ ...chance, ...before }, DEPTH);
    if (chance.rule.action === RAISE_CLOCK) {
      const ms = this.#untilRaised(chance.record);
      if (ms <= this.#pace.patienceMs) yield* this.story.pass(ms);
    } else yield* this.#pursued(chance, DEPTH);
  }

  /**
   * Tried, and where it is refused what the refusal asks for is done first: what is missing is
   * reported, a term that runs is let pass, somebody is asked.
   */
  *#pursued(chance: Chance, depth: number): Generator<Outcome, boolean> {
    for (let i = 0; i < depth; i += 1) {
      const outcome = this.#tried(this.#now(chance));
      if (outcome) yield outcome;
      if (outcome?.decision.ok) return true;
      const remedy = this.#remedyFor(outcome, chance);
      if (!remedy || !(yield* this.#helped(remedy, chance.key, depth - 1))) return false;
    }
    return false;
  }

  #remedyFor(outcome: Outcome | undefined, chance: Chance): Remedy | undefined {
    const { record } = this.#now(chance);
    const refused = outcome?.decision.ok === false ? outcome.decision.refusal : undefined;
    // Where nobody at all may, the guard says what would have to happen first.
    const refusal = refused ?? this.#guardOf(chance);
    return record && refusal && remedyFor(refusal, record, this.story);
  }

  *#helped(remedy: Remedy, key: string, depth: number): Generator<Outcome, boolean> {
    if ("passMs" in remedy) {
      if (remedy.passMs > this.#pace.patienceMs) return false;
      yield* this.story.pass(Math.max(0, remedy.passMs));
      return true;
    }
    const record = getRef(this.story.state, remedy.ref);
    if (!record) return false;
    const rule = { machine: "", from: "", to: "", action: remedy.kind, key: "" };
    return yield* this.#pursued({ rule, record, key }, depth);
  }

  #guardOf(chance: Chance): Refusal | undefined {
    const { record } = this.#now(chance);
    const entry = commandEntry(chance.rule.action);
    if (!record || entry?.type !== record.type) return undefined;
    return entry.spec.guard?.(record as never, this.story.state) ?? NOBODY_MAY;
  }

  /** Until the next level of one of its clocks. */
  #untilRaised(record: AnyRecord | undefined): number {
    const due = record ? moduleOf(record.type).deadlines(record as never, this.story.state) : [];
    const at = Math.min(...due.map((each) => each.at));
    return Number.isFinite(at) ? Math.max(0, at - this.story.now) : 0;
  }

  /** The same with its record as it is now. */
  #now(chance: Chance): Chance {
    const record = chance.record && getRef(this.story.state, chance.record);
    return record ? { ...chance, record } : chance;
  }

  /** The first of those who may that is not refused, else what the last one was told. */
  #tried({ rule, record, key }: Chance): Outcome | undefined {
    const { action, to, from } = rule;
    const entry = commandEntry(action);
    if (!entry) return undefined;
    const { nature } = entry.spec;
    const creates = opensRecord(entry.spec.target, from);
    const about = successorOf(rule, record, this.story);
    const actors =
      nature === "SYSTEM" ? [SYSTEM] : able(this.#people, action, about, creates, this);
    let last: Given | undefined;
    for (const actor of actors) {
      const id = creates || !about ? this.#newId(entry.type) : about.id;
      last = this.#given(action, { type: entry.type, id }, actor, { about, key, to }) ?? last;
      if (last && this.story.wouldBe(last).ok) break;
    }
    return last && this.story.when(last);
  }

  #given(
    kind: string,
    ref: Ref,
    actor: Actor,
    more: { readonly about: AnyRecord | undefined; readonly key: string; readonly to: string },
  ): Given | undefined {
    const { state, now } = this.story;
    this.#ids += 1;
    const person = actor.kind === "person" ? actor : NOBODY;
    const payload = PAY[kind]?.({
      ...more,
      state,
      dice: this.dice,
      now,
      actor: person,
      id: `${this.#ids}`,
    });
    return payload && { actor, kind, ref, payload, ...this.#occurred(kind) };
  }

  /** Some reports come late, and it is not certain when it happened. */
  #occurred(kind: string): Pick<Given, "occurred"> {
    if (commandEntry(kind)?.spec.nature !== "FACT" || !this.dice.percent(8)) return {};
    const { now } = this.story;
    const latest = now - this.dice.upTo(10 * MINUTE);
    return { occurred: { earliest: latest - this.dice.upTo(MINUTE), latest } };
  }

  /** Anybody, anything, to whatever there is or is not. */
  #wild(): Given {
    const kind = this.dice.pick(KINDS) ?? "";
    const type = commandEntry(kind)?.type ?? "incident";
    const records = [...this.story.state.all(type as EntityType)] as AnyRecord[];
    const about = this.dice.percent(85) ? this.dice.pick(records) : undefined;
    const key = about ? (this.dice.pick(partsIn(about))?.key ?? "") : "";
    const actor = this.dice.pick(this.#people) ?? SYSTEM;
    const creates = commandEntry(kind)?.spec.target === "NEW" && this.dice.percent(80);
    const ref = { type, id: creates || !about ? this.#newId(type) : about.id };
    const rev = this.dice.percent(10) ? { rev: this.dice.upTo(6) } : {};
    const given = this.#given(kind, ref, actor, { about, key, to: "" });
    return { ...(given ?? { actor, kind, ref, payload: {} }), ...rev };
  }

  #newId(type: string): string {
    this.#ids += 1;
    return `x${type}-${this.#ids}`;
  }
}

const opensRecord = (target: string, from: string): boolean =>
  target === "NEW" || (from === "NEW" && target === "ANY");

/** The record that a command is given for where that is another one than the one that moves. */
function successorOf(
  rule: Rule,
  record: AnyRecord | undefined,
  story: PlayStory,
): AnyRecord | undefined {
  if (record?.type !== "shift" || rule.action !== "shift.sign" || rule.from !== "ON") return record;
  return story.state.get("shift", record.list?.offered?.toShiftId ?? "") ?? record;
}
