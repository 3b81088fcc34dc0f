/**
 * The real server without pages and simulator. Orders come by IPC: `{commits}` makes so many a second
 * from then on, `{memory}` collects what is garbage and says what is left.
 */
import { startServer } from "../../../server/compose.ts";
import { readConfig } from "../../../server/config.ts";
import { createLogger } from "../../../server/edge/logging.ts";
import { envelope } from "../../support/server/envelope.ts";
import type { ToServer } from "./messages.ts";

const config = readConfig();
const { kernel, stop, url } = await startServer(config, {
  logger: createLogger(config.logLevel),
  clientDir: "no-client",
});

let timer: NodeJS.Timeout | undefined;

function commits(perSecond: number): void {
  clearInterval(timer);
  if (perSecond > 0)
    timer = setInterval(() => void oneCommit().catch(console.error), 1_000 / perSecond);
}

/** To everybody in the province's first court. */
async function oneCommit(): Promise<void> {
  const { id } = kernel.replica.world.all("officer")[Symbol.iterator]().next().value ?? {};
  if (id === undefined) return;
  const { seq } = kernel.replica.tail;
  const made = { deviceAt: Date.now(), knownSeq: seq, knownAt: Date.now() };
  const payload = { toCourtId: "basic-0-0", text: "收到" };
  const command = { ...envelope("message.send", `storm-${seq}`, payload, made) };
  await kernel.app.command(command, { officerId: id, session: "bench" });
}

async function memory(): Promise<number> {
  for (let i = 0; i < 4; i += 1) {
    globalThis.gc?.();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return process.memoryUsage().rss;
}

process.on("message", (order: ToServer) => {
  if ("commits" in order) commits(order.commits);
  else void memory().then((rss) => process.send?.({ rss }));
});
process.on("disconnect", () => {
  clearInterval(timer);
  void stop().then(() => process.exit(0));
});
process.send?.({ url });
