/**
 * The real server on a clock that a test may set: `step <ms>` on its standard input moves the wall
 * clock, as a hand or a time service would. `hang-scan` lets the next scan of deadlines never end.
 * Everything else is `server/main.ts` without pages and simulator.
 */
import { createInterface } from "node:readline";
import { SystemClock } from "../../../server/app/clock.ts";
import { startServer } from "../../../server/compose.ts";
import { readConfig } from "../../../server/config.ts";
import { createLogger } from "../../../server/edge/logging.ts";
import { startSentinel } from "../../../server/sentinel-process.ts";
import { startSimulator } from "../../../server/simulator-process.ts";

const config = readConfig();
let wallOffMs = Number(process.env.WALL_OFF_MS ?? 0);
const clock = new SystemClock(() => Date.now() + wallOffMs);
const server = await startServer(config, {
  logger: createLogger(config.logLevel),
  clientDir: process.env.CLIENT_DIR ?? "no-client",
  clock,
});
await startSimulator(config, server);
const sentinel = startSentinel(config);
const { kernel } = server;

const orders: Readonly<Record<string, (argument: string) => void>> = {
  step: (ms) => {
    wallOffMs += Number(ms);
  },
  "hang-scan": () => {
    const fake = { id: "sys:hangs", kind: "clock.raise", ref: { type: "incident", id: "none" } };
    kernel.deadlines.due = () => [{ ...fake, payload: {} } as never];
    kernel.app.systemCommand = () => new Promise(() => undefined);
  },
};

createInterface({ input: process.stdin }).on("line", (line) => {
  const [order = "", argument = ""] = line.split(" ");
  orders[order]?.(argument);
});

process.on("SIGTERM", () => {
  sentinel?.stop();
  void server.stop().then(() => process.exit(0));
});
process.stdout.write(`${server.url}/login\n`);
