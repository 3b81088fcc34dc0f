import { describe, expect, it } from "vitest";
import { commandKinds } from "../../shared/domain/modules.ts";
import { RAISE_CLOCK } from "../../shared/domain/raise-clock.ts";
import { cellsOf, isWrong, Samples } from "../support/random-play/cells.ts";
import { RULES } from "../support/random-play/machines.ts";
import { playAtRandom, STATE_KEYS, summaryOf, tooSeldom } from "../support/random-play/play.ts";
import { seenFields } from "../support/random-play/seen-fields.ts";
import { timesOf, tried } from "../support/trials.ts";

/** `RANDOM_COMMANDS`; the long run takes 1,200,000. */
const COMMANDS = timesOf("RANDOM_COMMANDS", 18_000);
const SEED = Number(process.env.SEED ?? 1);
const IS_LONG = COMMANDS >= 200_000;
/** Of a long run each line of the table is asked for 100 times; of a short one nearly all are reached. */
const LEAST = IS_LONG ? 100 : 1;
const MISSED_AT_MOST = IS_LONG ? 0 : 0.05;
const TIMEOUT_MS = 60_000 + COMMANDS * 10;

describe("everybody commands what comes to mind, and time jumps", () => {
  const samples = new Samples();
  const report = playAtRandom(COMMANDS, SEED, samples.take);
  process.stdout.write(`${summaryOf(report)}\n`);
  const count = (what: string, failed: readonly string[]) =>
    tried(`random play: ${what}`, report.commands, failed.length);

  it(
    "PLAY-1 after each command one desk holds what is open, nobody acted sideways or ticked a lower court's box, nobody sees what he may not, and nobody is held beyond a maximum without a word",
    () => {
      count("invariants", report.wrong);
      expect(report.wrong).toEqual([]);
      expect(report.commands).toBeGreaterThanOrEqual(COMMANDS);
    },
    TIMEOUT_MS,
  );

  it("PLAY-2 nothing is accepted but what the table of states lists", () => {
    count("states", report.unknown);
    expect(report.unknown).toEqual([]);
  });

  it("PLAY-3 each state is visited and each transition accepted often enough", () => {
    const seldom = tooSeldom(report, LEAST);
    tried("random play: states and transitions", report.lines, seldom.length);
    expect(seldom.slice(Math.floor(report.lines * MISSED_AT_MOST))).toEqual([]);
  });

  it("AUTH-7 each action of a person has its states in the table, and nothing else stands there", () => {
    const listed = new Set(RULES.map(({ action }) => action));
    expect(commandKinds().filter((kind) => !listed.has(kind))).toEqual([]);
    const known = new Set([...commandKinds(), RAISE_CLOCK]);
    expect([...listed].filter((action) => !known.has(action))).toEqual([]);
  });

  it("AUTH-8 each role in each relation is let through in each state where both tables say so, and nowhere else", () => {
    let allowed = 0;
    const cells = [...cellsOf(samples)];
    for (const cell of cells) if (cell.allowed) allowed += 1;
    const wrong = cells.filter(isWrong);
    process.stdout.write(`${cells.length} cells of authority, ${allowed} allowed\n`);
    tried("authority: role × relation × action × state", cells.length, wrong.length);
    expect(wrong).toEqual([]);
    expect(cells.length).toBeGreaterThanOrEqual(5_000);
    const met = new Set(samples.all.map(({ machine, state }) => `${machine} ${state}`));
    const unmet = STATE_KEYS.filter((key) => !met.has(key));
    expect(unmet.slice(Math.floor(STATE_KEYS.length * MISSED_AT_MOST))).toEqual([]);
  });

  it("AUD-8 in whatever state a record is, no view gets a field that the table of audiences does not give it", () => {
    const { cells, unlisted, seats } = seenFields(samples);
    process.stdout.write(`${cells} cells of field × view by ${seats.size} kinds of seat\n`);
    tried("audience: field × view", cells, unlisted.length);
    expect(unlisted).toEqual([]);
    expect(cells).toBeGreaterThan(5_000);
    for (const seat of [
      "unit.partner",
      "own.inspector",
      "own.president",
      "own.wall",
      "own.field",
      "host.console",
    ])
      expect(seats).toContain(seat);
  });
});

describe("chance", () => {
  it("PLAY-4 the same seed plays the same history", () => {
    const [one, other] = [playAtRandom(400, 7), playAtRandom(400, 7)];
    expect([...one.taken]).toEqual([...other.taken]);
    expect([...playAtRandom(400, 8).taken]).not.toEqual([...one.taken]);
  });
});
