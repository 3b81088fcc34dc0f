import type { AnyRecord } from "../../../shared/domain/kernel/state.ts";
import { commandEntry } from "../../../shared/domain/modules.ts";
import { RAISE_CLOCK } from "../../../shared/domain/raise-clock.ts";
import type { Appeal } from "./appeal.ts";
import type { Dice } from "./dice.ts";
import { canMean, isLetThrough } from "./fitting.ts";
import { partsIn, RULES, type Rule } from "./machines.ts";
import type { PlayStory } from "./play-story.ts";

/** A part of a record that a line starts from. */
interface Start {
  readonly record?: AnyRecord;
  readonly key: string;
}

/** A line of the table that can be tried now. */
export interface Chance extends Start {
  readonly rule: Rule;
}

const NEW = "NEW";
/** So many lines are looked at; the one that is worth most is tried. */
const LOOKED_AT = 300;
const LOOKED_UP = 8;

const typeOf = (machine: string): string => machine.split(".")[0] ?? "";
/** COMPEL or DETAIN for a report that opens its record. */
const kindHint = ({ machine }: Rule): string => (machine === "detention.COMPEL" ? "COMPEL" : "");

/** Those that can be asked for: the others happen to one record when something is done about another. */
export const GUIDED: readonly Rule[] = RULES.filter(({ action, from, machine }) => {
  const entry = commandEntry(action);
  if (action === RAISE_CLOCK) return true;
  if (!entry || from === "*") return false;
  return from !== NEW || (entry.type === typeOf(machine) && entry.spec.target !== "EXISTING");
});

/** Parts of records by machine and state; not those that were there before the play. */
function whereThings(story: PlayStory): ReadonlyMap<string, readonly Start[]> {
  const where = new Map<string, Start[]>();
  for (const record of story.everything()) {
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

/** One that stands there and can be meant, and that its guard lets through if there is one. */
function startOf(
  rule: Rule,
  all: readonly Start[],
  story: PlayStory,
  dice: Dice,
): Start | undefined {
  if (rule.from === NEW) return { key: kindHint(rule) };
  const there = all.filter(({ record, key }) => record && canMean(rule, record, key, story));
  let at = dice.pick(there);
  for (let i = 0; i < LOOKED_UP && at?.record; i += 1) {
    if (isLetThrough(rule, at.record, story)) break;
    at = dice.pick(there);
  }
  return at;
}

/** Of some lines that start from what there is, the one that is worth most. */
export function worthMost(story: PlayStory, appeal: Appeal, dice: Dice): Chance | undefined {
  let best: Chance | undefined;
  let least = Number.POSITIVE_INFINITY;
  const where = whereThings(story);
  for (let i = 0; i < LOOKED_AT; i += 1) {
    const rule = dice.pick(GUIDED);
    const worth = rule ? appeal.of(rule) : least;
    if (!rule || worth >= least) continue;
    const at = startOf(rule, where.get(`${rule.machine} ${rule.from}`) ?? [], story, dice);
    if (!at) continue;
    best = { rule, ...at };
    least = worth;
  }
  if (best) appeal.tried(best.rule);
  return best;
}
