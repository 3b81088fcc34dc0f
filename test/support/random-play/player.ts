import { type Actor, actorOf, SYSTEM } from "../../../shared/domain/authority/actor.ts";
import { can } from "../../../shared/domain/authority/can.ts";
import {
  hostSeenFrom,
  type Related,
  type Relation,
  relationOf,
  unitRelation,
} from "../../../shared/domain/authority/relation.ts";
import { AUTHORITY } from "../../../shared/domain/authority/table.ts";
import type { EntityType, Ref } from "../../../shared/domain/kernel/ref.ts";
import type { Refusal } from "../../../shared/domain/kernel/refusal.ts";
import { type AnyRecord, getRef } from "../../../shared/domain/kernel/state.ts";
import { commandEntry, commandKinds, moduleOf } from "../../../shared/domain/modules.ts";
import { RAISE_CLOCK } from "../../../shared/domain/raise-clock.ts";
import type { Appeal } from "./appeal.ts";
import { Dice } from "./dice.ts";
import { canMean, isLetThrough, preludeOf } from "./fitting.ts";
import { partsIn, RULES, type Rule } from "./machines.ts";
import { PAY_COURTS } from "./pay-courts.ts";
import { PAY_CUSTODY } from "./pay-custody.ts";
import { PAY_DUTY } from "./pay-duty.ts";
import { PAY_OPERATION } from "./pay-operation.ts";
import { type Given, type Outcome, PlayStory } from "./play-story.ts";
import { realm } from "./realm.ts";
import { remedyFor } from "./remedies.ts";
import { below, type Pay, type Person } from "./wish.ts";

export const PAY: Readonly<Record<string, Pay>> = {
  ...PAY_OPERATION,
  ...PAY_CUSTODY,
  ...PAY_COURTS,
  ...PAY_DUTY,
};

const KINDS = commandKinds();
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const JUMPS = [1_000, 16_000, 65_000, 4 * MINUTE, 11 * MINUTE, HOUR, 9 * HOUR, 26 * HOUR] as const;
const LONG_JUMPS = [4 * 24 * HOUR, 16 * 24 * HOUR, 40 * 24 * HOUR] as const;
/** Of 100 turns so many are time, and of the others so many are tried without looking. */
const JUMP_SHARE = 6;
const WILD_SHARE = 6;
/** So many lines are looked at; the one that was taken least often is tried. */
const LOOKED_AT = 300;
const LOOKED_UP = 8;
const TRIES = 8;
/** So many remedies in a row, and one inside another. */
const DEPTH = 9;

/** A line of the table that can be tried now: the part of a record that it starts from. */
interface Chance {
  readonly rule: Rule;
  readonly record?: AnyRecord;
  readonly key: string;
}

/** One history: everybody in one province, time included, and what was tried next depends on what there is. */
export class Player {
  readonly story = new PlayStory(realm());
  readonly dice: Dice;
  readonly #people: readonly Person[];
  readonly #appeal: Appeal;
  #ids = 0;

  /** @param appeal what has been taken so far, over all histories. */
  constructor(seed: number, appeal: Appeal) {
    this.dice = new Dice(seed);
    this.#appeal = appeal;
    this.#people = [...this.story.state.all("officer")].flatMap(
      ({ id }) => (actorOf(this.story.state, id) as Person | undefined) ?? [],
    );
  }

  /** One turn: a command, or time that passes with every clock raised; several outcomes then. */
  *turn(): Generator<Outcome> {
    if (this.dice.percent(JUMP_SHARE)) {
      yield* this.story.pass(this.dice.percent(6) ? this.dice.of(...LONG_JUMPS) : this.dice.of(...JUMPS));
      return;
    }
    if (this.dice.percent(WILD_SHARE)) {
      yield this.story.when(this.#wild());
      return;
    }
    yield* this.#guided();
  }

  *#guided(): Generator<Outcome> {
    const chance = this.#rarest();
    if (!chance) return;
    const before = preludeOf(chance.rule, chance.record, this.story);
    if (before) yield* this.#pursued({ ...chance, ...before }, DEPTH);
    if (chance.rule.action === RAISE_CLOCK) yield* this.story.pass(this.#untilRaised(chance.record));
    else yield* this.#pursued(chance, DEPTH);
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
      const about = this.#now(chance).record;
      // Where nobody at all may, the guard says what would have to happen first.
      const refusal = outcome?.decision.ok === false ? outcome.decision.refusal : this.#guardOf(chance);
      const remedy = about && refusal && remedyFor(refusal, about, this.story);
      if (!remedy) return false;
      if ("passMs" in remedy) yield* this.story.pass(Math.max(0, remedy.passMs));
      else {
        const record = getRef(this.story.state, remedy.ref);
        const rule = { machine: "", from: "", to: "", action: remedy.kind, key: "" };
        if (!record || !(yield* this.#pursued({ rule, record, key: chance.key }, depth - 1))) return false;
      }
    }
    return false;
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

  /** Of some lines that start from what there is, the one that is worth most. */
  #rarest(): Chance | undefined {
    let best: Chance | undefined;
    let least = Number.POSITIVE_INFINITY;
    const where = this.#whereThings();
    for (let i = 0; i < LOOKED_AT; i += 1) {
      const rule = this.dice.pick(GUIDED);
      const worth = rule ? this.#appeal.of(rule) : least;
      if (!rule || worth >= least) continue;
      const at = this.#startOf(rule, where);
      if (!at) continue;
      best = { rule, ...at };
      least = worth;
    }
    if (best) this.#appeal.tried(best.rule);
    return best;
  }

  /** A part that stands there and can be meant, one that its guard lets through if there is one. */
  #startOf(
    rule: Rule,
    where: ReadonlyMap<string, readonly Omit<Chance, "rule">[]>,
  ): Omit<Chance, "rule"> | undefined {
    if (rule.from === NEW) return { key: kindHint(rule) };
    const all = where.get(`${rule.machine} ${rule.from}`) ?? [];
    const there = all.filter(({ record, key }) => record && canMean(rule, record, key, this.story.now));
    let at = this.dice.pick(there);
    for (let i = 0; i < LOOKED_UP && at?.record && !isLetThrough(rule, at.record, this.story); i += 1) {
      at = this.dice.pick(there);
    }
    return at;
  }

  /** Parts of records by machine and state. */
  #whereThings(): ReadonlyMap<string, readonly Omit<Chance, "rule">[]> {
    const where = new Map<string, Omit<Chance, "rule">[]>();
    for (const record of this.story.everything()) {
      if (record.rev === 1 && record.createdAt === 0 && record.type !== "court") continue;
      for (const { machine, state, key } of partsIn(record)) {
        const place = `${machine} ${state}`;
        const list = where.get(place);
        if (list) list.push({ record, key });
        else where.set(place, [{ record, key }]);
      }
    }
    return where;
  }

  /** The first of those who may that is not refused, else what the last one was told. */
  #tried({ rule, record, key }: Chance): Outcome | undefined {
    const { action, to } = rule;
    const entry = commandEntry(action);
    if (!entry) return undefined;
    const creates = entry.spec.target === "NEW" || (rule.from === NEW && entry.spec.target === "ANY");
    const about = successorOf(rule, record, this.story);
    const actors = entry.spec.nature === "SYSTEM" ? [SYSTEM] : this.#able(action, creates, about);
    let last: Given | undefined;
    for (const actor of actors) {
      const id = creates || !about ? this.#newId(entry.type) : about.id;
      const given = this.#given(action, { type: entry.type, id }, actor, { about, key, to });
      if (!given) continue;
      last = given;
      if (this.story.wouldBe(given).ok) break;
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

  /** Those whom the table lets do this to the record, from anywhere in the list on. */
  *#able(kind: string, creates: boolean, about: AnyRecord | undefined): Generator<Actor> {
    let found = 0;
    const parts = about && !creates ? moduleOf(about.type).parts(about as never, this.story.state) : {};
    for (const actor of this.dice.around(this.#people)) {
      const may =
        creates || !about
          ? mayEver(actor, kind) && concerns(actor, about)
          : can(actor, kind, this.#relation(actor, about), parts) === undefined;
      if (!may) continue;
      yield actor;
      found += 1;
      if (found >= TRIES) return;
    }
  }

  #relation(actor: Person, record: AnyRecord): Relation {
    const related = record as Related;
    if (actor.unitId !== undefined) return unitRelation(actor.unitId, related);
    const hostCourtId = hostSeenFrom(actor.courtId, related);
    return relationOf(actor.courtId, { courtId: record.courtId, hostCourtId }, this.story.state);
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

const NEW = "NEW";
/** Not a word of the program: its guard is open, but no court stands so. */
const NOBODY_MAY: Refusal = { code: "NOT_THE_HOLDER" };
const NOBODY: Person = { kind: "person", officerId: "", courtId: "high", roles: [] };

/** Whoever makes a new record because of this one: its own court, or one above an operation's. */
function concerns(actor: Person, about: AnyRecord | undefined): boolean {
  if (about?.type === "operation") return below(actor.courtId).includes(about.courtId);
  return about === undefined || about.courtId === actor.courtId;
}

const mayEver = (actor: Person, kind: string): boolean =>
  Object.values(AUTHORITY[kind] ?? {}).some(
    (cell) => cell?.roles === "ANY" || cell?.roles?.some((role) => actor.roles.includes(role)),
  );

/** COMPEL or DETAIN for a report that opens its record. */
const kindHint = ({ machine }: Rule): string => (machine === "detention.COMPEL" ? "COMPEL" : "");

const typeOf = (machine: string): string => machine.split(".")[0] ?? "";

/** Those that can be asked for: the others happen to one record when something is done about another. */
export const GUIDED: readonly Rule[] = RULES.filter((rule) => {
  const entry = commandEntry(rule.action);
  if (rule.action === RAISE_CLOCK) return true;
  if (!entry || rule.from === "*") return false;
  if (rule.from === NEW) return entry.type === typeOf(rule.machine) && entry.spec.target !== "EXISTING";
  return true;
});

/** The record that a command is given for where that is another one than the one that moves. */
function successorOf(rule: Rule, record: AnyRecord | undefined, story: PlayStory): AnyRecord | undefined {
  if (record?.type !== "shift" || rule.action !== "shift.sign" || rule.from !== "ON") return record;
  return story.state.get("shift", record.list?.offered?.toShiftId ?? "") ?? record;
}
