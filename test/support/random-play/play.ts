import { RAISE_CLOCK } from "../../../shared/domain/raise-clock.ts";
import { Appeal } from "./appeal.ts";
import { GUIDED } from "./guidance.ts";
import { differsFromReplay, overrunUnsaid, wrongAfter } from "./invariants.ts";
import { RULES, ruleFor, STATES, stepsOf } from "./machines.ts";
import type { Outcome, PlayStory } from "./play-story.ts";
import { Player } from "./player.ts";

/** What a run of so many commands came to. */
export interface PlayReport {
  readonly commands: number;
  readonly accepted: number;
  readonly raised: number;
  readonly histories: number;
  /** Lines of the table and states. */
  readonly lines: number;
  /** Steps by line of the table. */
  readonly taken: ReadonlyMap<string, number>;
  /** How often each state was entered, `machine STATE`. */
  readonly entered: ReadonlyMap<string, number>;
  /** Accepted commands by kind. */
  readonly kinds: ReadonlyMap<string, number>;
  /** Steps that the table knows nothing of, each once. */
  readonly unknown: readonly string[];
  /** What was wrong, with the seed of its history; the first of each. */
  readonly wrong: readonly string[];
}

/** A history ends after so many turns; then everything begins anew, so that no province grows without end. */
const TURNS = 800;
/** So many faults say enough. */
const MOST_WRONG = 40;

const inc = (counts: Map<string, number>, key: string): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1);
};

class Counting {
  readonly appeal = new Appeal(GUIDED);
  readonly entered = new Map<string, number>();
  readonly kinds = new Map<string, number>();
  readonly unknown = new Set<string>();
  /** The first time of each. */
  readonly wrong = new Map<string, string>();
  commands = 0;
  accepted = 0;
  raised = 0;

  take(outcome: Outcome): void {
    const { given, decision, changes } = outcome;
    const byClock = given.kind === RAISE_CLOCK;
    if (byClock) this.raised += 1;
    else this.commands += 1;
    if (!decision.ok) return;
    if (!byClock) this.accepted += 1;
    inc(this.kinds, given.kind);
    for (const { before, after } of changes) {
      for (const step of stepsOf(before, after)) this.#step(step, given.kind, byClock);
    }
  }

  #step({ machine, from, to }: ReturnType<typeof stepsOf>[number], kind: string, byClock: boolean) {
    if (from !== to) inc(this.entered, `${machine} ${to}`);
    const rule = ruleFor(machine, from, kind, to);
    if (rule) this.appeal.took(rule);
    else if (!byClock || from !== to) this.unknown.add(`${machine}: ${kind} took ${from} to ${to}`);
  }
}

/** Everybody tries everything until so many commands were tried; one history after the other. */
export function playAtRandom(
  commands: number,
  firstSeed: number,
  watch: (outcome: Outcome, story: PlayStory) => void = () => undefined,
): PlayReport {
  const counting = new Counting();
  let histories = 0;
  while (counting.commands < commands && counting.wrong.size < MOST_WRONG) {
    const seed = firstSeed + histories;
    playOne(new Player(seed, counting.appeal), counting, { seed, commands, watch });
    histories += 1;
  }
  const { accepted, raised, entered, kinds, appeal } = counting;
  return {
    commands: counting.commands,
    accepted,
    raised,
    histories,
    lines: LINES.length + STATE_KEYS.length,
    taken: appeal.taken,
    entered,
    kinds,
    unknown: [...counting.unknown],
    wrong: [...counting.wrong].map(([what, when]) => `${when}: ${what}`),
  };
}

interface Limits {
  readonly seed: number;
  readonly commands: number;
  readonly watch: (outcome: Outcome, story: PlayStory) => void;
}

function playOne(player: Player, counting: Counting, { seed, commands, watch }: Limits): void {
  const { story } = player;
  const say = (what: string) => {
    if (!counting.wrong.has(what)) counting.wrong.set(what, `seed ${seed}, commit ${story.seq}`);
  };
  for (let turn = 0; turn < TURNS && counting.commands < commands; turn += 1) {
    for (const outcome of player.turn()) {
      counting.take(outcome);
      watch(outcome, story);
      for (const what of wrongAfter(outcome, story)) say(what);
    }
    // What is due already is raised at once, as the server's scan does within the second.
    for (const outcome of story.pass(0)) counting.take(outcome);
    for (const what of overrunUnsaid(story)) say(what);
  }
  for (const what of differsFromReplay(story)) say(what);
}

const LINES = [...new Set(RULES.filter(({ from }) => from !== "*").map(({ key }) => key))];
export const STATE_KEYS = [...STATES].flatMap(([machine, names]) =>
  [...names].map((name) => `${machine} ${name}`),
);

/** Lines of the table that were taken less often, and states entered less often, than `least`. */
export function tooSeldom({ taken, entered }: PlayReport, least: number): readonly string[] {
  const lines = LINES.map((key) => [key, taken.get(key) ?? 0] as const);
  const states = STATE_KEYS.map((key) => [key, entered.get(key) ?? 0] as const);
  return [...lines, ...states]
    .filter(([, count]) => count < least)
    .map(([key, count]) => `${key}: ${count}`);
}

/** The counts in one sentence, for whoever reads the run. */
export function summaryOf(report: PlayReport): string {
  const counts = LINES.map((key) => report.taken.get(key) ?? 0).toSorted((a, b) => a - b);
  const states = STATE_KEYS.map((key) => report.entered.get(key) ?? 0);
  return [
    `${report.commands} commands in ${report.histories} histories, ${report.accepted} accepted,`,
    `${report.raised} clock levels raised; ${states.length} states entered at least`,
    `${Math.min(...states)} times each, ${counts.length} transitions taken at least ${counts[0]}`,
    `times each, half of them ${counts[Math.floor(counts.length / 2)]} or more;`,
    `${report.wrong.length} invariants broken, ${report.unknown.length} steps outside the table`,
  ].join(" ");
}
