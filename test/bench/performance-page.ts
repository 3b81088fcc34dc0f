import type { Figures } from "./figures.ts";
import { median, spread } from "./figures.ts";
import { cells, type Judged, short, TABLE_HEAD } from "./goals.ts";

/** What is kept of a run in `test/bench/results/NAME.json`. */
export interface Result {
  readonly name: string;
  readonly about: string;
  /** Day of the run. */
  readonly on: string;
  readonly machine: {
    readonly cpu: string;
    readonly cores: number;
    readonly memoryGiB: number;
    readonly node: string;
    /** Load of the machine over the minute before the run: others' work. */
    readonly load: number;
    readonly isPinned: boolean;
  };
  readonly rounds: readonly Figures[];
  readonly goals: readonly Judged[];
  /** Why there are no rounds. */
  readonly failed?: string;
}

const HEAD = `# Performance

Written by \`npm run bench\` from the last result of each bench; \`test/guard\` fails where it differs from them. Rules: [SPEC.md](SPEC.md). What happens when something breaks: [RELIABILITY.md](RELIABILITY.md).

## How to read it

- **Limit** is what the machine and Node can do at best without the program: for the fan-out a bare \`ws\` server that writes frames built beforehand. It runs in the same round as what is measured, on the same cores, in turns with it.
- **Ratio** is figure ÷ limit, the median of the rounds' own ratios. It says more than either: on another machine both move together.
- **Verdict**: \`reached\` the aim (or the floor, where there is no aim), \`floor\` and no more, \`MISSED\` the floor. \`void\`: fewer than five rounds, or the limit itself spread by more than 15 % from its least to its most, so that nothing can be said. \`beside\` rows are reported without a verdict.
- The server runs as a process of its own. For the fan-out and the slow consoles it has the first core and what drives it the second, where the machine has \`taskset\`; with the idle phones nothing is bound, because those of two servers are more than one core's work. Where the server's threads work beside its loop, or a time is what somebody waits, it has all cores as in service.
- Figures of CPU time are the server process's with all its threads, for the fan-out without the workers that store.
- **Fan-out**: two servers on the same core have the same consoles and are fed the same positions at the same time; one of them sends no frames. The difference of their CPU time is what building and sending frames costs.
- A bench that failed says so in place of its verdicts; the others ran all the same.
- A figure of one machine. Run \`npm run bench\`, or one by name: \`npm run bench -- fanout\`. \`npm run bench:soak\` runs the long ones, \`npm run bench:smoke\` only shows that they run.`;

/** The whole page. @param about what each bench is, in the order of the registry. */
export function performancePage(
  results: ReadonlyMap<string, Result>,
  names: readonly string[],
): string {
  const known = names.flatMap((name) => results.get(name) ?? []);
  const missing = names.filter((name) => !results.has(name));
  const rows = known.flatMap(({ goals }) => goals);
  const parts = [
    HEAD,
    `## Goals\n\n${rows.length === 0 ? "Nothing was measured yet." : table(TABLE_HEAD, rows.map(cells))}`,
    ...(missing.length === 0
      ? []
      : [`Not measured yet: ${missing.map((name) => `\`${name}\``).join(", ")}.`]),
    ...known.map(section),
  ];
  return `${parts.join("\n\n")}\n`;
}

function section({ name, about, on, machine, rounds, failed }: Result): string {
  const where = `${on}, ${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB, Node ${machine.node}, load ${short(machine.load)} before it, ${machine.isPinned ? "pinned" : "not pinned"}; rounds: ${rounds.length}.`;
  const figures = Object.keys(rounds[0] ?? {}).map((figure) => {
    const values = rounds.flatMap((round) => round[figure] ?? []);
    const width = spread(values);
    return [
      `\`${figure}\``,
      short(median(values)),
      Number.isFinite(width) ? `${Math.round(width * 100)} %` : "–",
    ];
  });
  const came = failed === undefined ? where : `${where} **It failed: ${failed}.**`;
  if (figures.length === 0) return `## ${name}\n\n${about}\n\n${came}`;
  return `## ${name}\n\n${about}\n\n${came}\n\n${table(["figure", "median", "spread"], figures)}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (texts: readonly string[]) => `| ${texts.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
