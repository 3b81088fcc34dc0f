/**
 * `npm run sentinel`: watches the watcher. A process of its own, which shares nothing with the server
 * but a file: it alarms when the server no longer looks after deadlines, by its own HTTP answer, by
 * its log line and, where one is set, by a webhook.
 */
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { type Config, ConfigError, readConfig } from "../config.ts";
import { type OwnPlaces, ownPlaces } from "../node-places.ts";
import { idOfDataDir, readBeat } from "./beat.ts";
import { Judge, type Judgement } from "./judge.ts";
import { createStatusServer } from "./status-server.ts";
import { takePort } from "./take-port.ts";
import { Webhook } from "./webhook.ts";

const LOOK_EVERY_MS = 500;
/** A standing alarm is said again. */
const SAY_AGAIN_MS = 30_000;
/** A demonstration whose server is gone for good leaves nothing running. */
const ORPHAN_DEMO_MS = 60_000;
const PORT_AGAIN_MS = 5_000;

const say = (line: string): void => {
  process.stderr.write(`${new Date().toISOString()} sentinel: ${line}\n`);
};

async function main(): Promise<void> {
  const given = readConfig();
  const config = { ...given, ...(await ownPlaces(given, false)) };
  const { values } = parseArgs({ options: { parent: { type: "string" } } });
  // The terminal or pipe of a killed parent may be gone; the other channels go on.
  process.stderr.on("error", () => undefined);
  process.on("SIGTERM", () => process.exit(0));
  process.on("SIGINT", () => process.exit(0));
  const judge = new Judge(performance.now());
  let judgement = judge.look(undefined, performance.now());
  await openStatus(config, () => judgement);
  const announce = announcer(config);
  const orphan = values.parent ? orphanWatch(Number(values.parent)) : () => 0;
  for (;;) {
    judgement = judge.look(await readBeat(config.ownDir), performance.now());
    announce(judgement);
    if ((config.demo || config.exercise) && orphan() > ORPHAN_DEMO_MS) {
      say("the demonstration's server is gone; ending");
      process.exit(0);
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

/** Without the port it still watches, and tries again: a log line and a webhook need none. */
async function openStatus(config: Config & OwnPlaces, judgement: () => Judgement): Promise<void> {
  const { host, tls, origins, sentinel, ownDir } = config;
  const id = idOfDataDir(ownDir);
  const files = tls && {
    cert: await readFile(tls.certFile, "utf8"),
    key: await readFile(tls.keyFile, "utf8"),
  };
  const open = async (): Promise<void> => {
    const identity = { sentinel: id, pid: process.pid };
    const server = createStatusServer({ tls: files, origins, identity, judgement });
    const place = { host, port: sentinel.port, tls: tls !== undefined, sentinel: id };
    if ((await takePort(server, place)) === "LISTENING") return;
    say(`port ${sentinel.port} is taken by another program; set SENTINEL_PORT to a free one`);
    setTimeout(() => void open().catch(fail), PORT_AGAIN_MS);
  };
  await open();
}

/** Says each change at once, and an alarm again and again while it stands. */
function announcer({ deployment, sentinel }: Config): (judgement: Judgement) => void {
  const webhook = sentinel.webhook === undefined ? undefined : new Webhook(sentinel.webhook, say);
  let state: Judgement["state"] = "WELL";
  let saidAt = 0;
  return (judgement) => {
    const mono = performance.now();
    const isChange = judgement.state !== state;
    state = judgement.state;
    if (isChange) {
      const { reasons } = judgement;
      webhook?.send({ deployment, state, reasons, at: new Date().toISOString() });
    }
    const again = state === "LATE" && mono - saidAt > SAY_AGAIN_MS;
    if (!isChange && !again) return;
    saidAt = mono;
    say(sentence(judgement));
  };
}

const sentence = ({ state, reasons, silentMs }: Judgement): string =>
  state === "LATE"
    ? `ALARM ${reasons.join(" ")}: the server does not look after its deadlines (last sign of life ${Math.round(silentMs / 1_000)} s ago); calls for help may not climb`
    : "the server looks after its deadlines again";

/** ms since the server that started this process was last seen. */
function orphanWatch(parent: number): () => number {
  let seenAt = performance.now();
  return () => {
    if (isRunning(parent)) seenAt = performance.now();
    return performance.now() - seenAt;
  };
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function fail(error: unknown): void {
  say(
    error instanceof ConfigError
      ? `settings that must be changed:\n${error.message}`
      : String(error),
  );
  process.exit(1);
}

main().catch(fail);
