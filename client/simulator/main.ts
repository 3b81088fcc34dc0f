import { readFile } from "node:fs/promises";
import * as z from "zod";
import { type MainOptions, readOptions, USAGE } from "./options.ts";
import { startSimulator } from "./start-simulator.ts";
import { reportText } from "./tally.ts";
import { trustOwnMachine } from "./trust-own-machine.ts";

const MINUTE_MS = 60_000;
const PARENT_LOOK_MS = 2_000;
const devices = z.array(z.object({ officerId: z.string(), token: z.string() }));

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (!("url" in options)) {
    console.error(`${options.join("\n")}\n${USAGE}`);
    process.exitCode = 2;
    return;
  }
  trustOwnMachine(options.url);
  const tokens = devices.parse(JSON.parse(await readFile(options.tokens, "utf8")));
  const simulator = startSimulator({ ...options, tokens });
  const end = () => {
    simulator.stop();
    console.log(reportText(simulator.report()));
    process.exit(0);
  };
  process.once("SIGTERM", end);
  process.once("SIGINT", end);
  if (options.minutes !== undefined) setTimeout(end, options.minutes * MINUTE_MS);
  if (options.parent !== undefined) endWithParent(options.parent, end);
  if (options.verbose) sayEachMinute(options, () => reportText(simulator.report()));
}

/** A server that was killed cannot stop the simulator that it started. */
function endWithParent(parent: number, end: () => void): void {
  setInterval(() => {
    if (process.ppid !== parent) end();
  }, PARENT_LOOK_MS);
}

function sayEachMinute({ speed }: MainOptions, text: () => string): void {
  const began = performance.now();
  setInterval(() => {
    const minutes = Math.round((performance.now() - began) / MINUTE_MS);
    const [terminals, positions, commands] = text().split("\n");
    console.error(`min ${minutes} ×${speed}: ${terminals}; ${positions}; ${commands}`);
  }, MINUTE_MS);
}

await main();
