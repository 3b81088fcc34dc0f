import { BENCHES } from "./benches.ts";
import { cells, judge, TABLE_HEAD } from "./goals.ts";
import { MISSED } from "./in-turn.ts";
import { printFigures, printTable } from "./print.ts";
import { keep, loadNow, thisMachine } from "./results.ts";

const ROUNDS = Number(process.env.ROUNDS ?? 5);

/** One bench, in this process. @param names all there are. @returns its exit code. */
export async function measure(
  name: string,
  names: readonly string[],
  isSmoke: boolean,
): Promise<number> {
  const bench = BENCHES[name];
  if (!bench) return 2;
  console.log(`\n${name}: ${bench.about}`);
  const load = loadNow();
  const count = isSmoke ? 1 : Math.min(ROUNDS, bench.mostRounds ?? ROUNDS);
  const rounds = await bench.run(count, isSmoke ? "SMOKE" : "FULL");
  const goals = (bench.goals ?? []).map((goal) => judge(goal, rounds));
  printFigures(rounds);
  if (goals.length > 0) printTable([[...TABLE_HEAD], ...goals.map(cells)]);
  if (isSmoke) return 0;
  const on = new Date().toISOString().slice(0, 10);
  const machine = thisMachine(load);
  await keep({ name, about: bench.about, on, machine, rounds, goals }, names);
  return goals.some(({ verdict }) => verdict === "MISSED") ? MISSED : 0;
}
