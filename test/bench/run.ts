/**
 * `npm run bench` measures everything, `npm run bench -- sos commands` some of it. `ROUNDS=5` for
 * more rounds than three. Figures go to `test/bench/results/NAME.json`.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { commandsBench } from "./commands.ts";
import { type Bench, type Figures, median } from "./figures.ts";
import { hostileBench } from "./hostile.ts";
import { ordersBench } from "./orders.ts";
import { provinceBench } from "./province.ts";
import { recoverBench } from "./recover.ts";
import { replayBench } from "./replay.ts";
import { sosBench } from "./sos.ts";
import { startBench } from "./start.ts";
import { verifyBench } from "./verify.ts";

const BENCHES: Readonly<Record<string, Bench>> = {
  start: startBench,
  province: provinceBench,
  sos: sosBench,
  orders: ordersBench,
  commands: commandsBench,
  replay: replayBench,
  hostile: hostileBench,
  recover: recoverBench,
  verify: verifyBench,
};
const RESULTS = new URL("./results/", import.meta.url);
const ROUNDS = Number(process.env.ROUNDS ?? 3);

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in BENCHES));
if (unknown.length > 0) {
  console.error(
    `no such bench: ${unknown.join(", ")}; there are ${Object.keys(BENCHES).join(", ")}`,
  );
  process.exit(2);
}

await mkdir(RESULTS, { recursive: true });
for (const [name, bench] of Object.entries(BENCHES)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  console.log(`\n${name}: ${bench.about}`);
  const rounds = await bench.run(ROUNDS);
  print(rounds);
  const machine = { cpu: cpus()[0]?.model ?? "", cores: cpus().length, node: process.version };
  const result = { name, about: bench.about, machine, rounds };
  await writeFile(new URL(`${name}.json`, RESULTS), `${JSON.stringify(result, null, 2)}\n`);
}
process.exit();

/** A row per figure: its rounds and their median. */
function print(rounds: readonly Figures[]): void {
  const names = Object.keys(rounds[0] ?? {});
  const width = Math.max(...names.map((name) => name.length));
  for (const name of names) {
    const values = rounds.map((figures) => figures[name] ?? Number.NaN);
    const each = values.map((value) => short(value).padStart(10)).join("");
    console.log(`  ${name.padEnd(width)}${each}   median ${short(median(values))}`);
  }
}

function short(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(2);
}
