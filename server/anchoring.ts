/** Puts the anchor writer together for a running server. */
import { setTimeout as pause } from "node:timers/promises";
import type { Logger } from "pino";
import { ANCHOR_STREAMS, type AnchorStream } from "./anchors/anchor.ts";
import { anchorFile } from "./anchors/anchor-file.ts";
import { AnchorKeyError, createAnchorKey, readAnchorKey } from "./anchors/anchor-key.ts";
import { AnchorWriter } from "./anchors/anchor-writer.ts";
import type { Clock } from "./app/clock.ts";
import type { Kernel } from "./app/kernel.ts";
import type { AnchorSettings, Config } from "./config.ts";
import type { Metrics } from "./edge/metrics.ts";
import { parseCommitBody } from "./log/commit-body.ts";
import type { Stores } from "./stores.ts";
import type { Job } from "./timers.ts";

export interface Anchoring {
  readonly jobs: readonly Job[];
  /** For `/readyz`: anchors that fail never make a server refuse work. */
  readonly warnings: () => readonly string[];
  finish(): Promise<void>;
}

export interface AnchoringParts {
  readonly kernel: Kernel;
  readonly stores: Stores;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly logger: Logger;
}

const LOOK_EVERY_MS = 1_000;

const NONE: Anchoring = { jobs: [], warnings: () => [], finish: async () => undefined };

export async function createAnchoring(config: Config, parts: AnchoringParts): Promise<Anchoring> {
  // A log that ends with the process has no history to vouch for.
  if (config.store.kind === "memory") return NONE;
  const { kernel, stores, clock, metrics, logger } = parts;
  const storeOf = { log: stores.log, access: stores.access };
  const writer = new AnchorWriter({
    sink: anchorFile(config.anchors),
    key: () => keyOf(config.anchors, logger),
    deployment: await storedDeployment(stores, config.deployment),
    head: (stream) => (stream === "log" ? kernel.replica.tail : stores.access.tail()),
    storedHash: async (stream, seq) => {
      const [commit] = await storeOf[stream].read(seq - 1, 1);
      return commit?.seq === seq ? commit.hash : undefined;
    },
    now: () => clock.now(),
    monotonic: () => clock.monotonic(),
    pause: (ms) => pause(ms, undefined, { ref: false }),
    onWritten: ({ stream, seq }) => metrics.anchoredSeq.set({ stream }, seq),
    onTrouble: (stream, code, err) => {
      metrics.anchorTrouble.set({ stream }, code === undefined ? 0 : 1);
      if (code === undefined)
        logger.info({ area: "anchors", store: stream }, "anchors are written again");
      else logger.error({ area: "anchors", store: stream, code, err }, "anchors are not written");
    },
  });
  for (const stream of ANCHOR_STREAMS) metrics.anchorTrouble.set({ stream }, 0);
  const job = (stream: AnchorStream): Job => ({
    name: `anchors of ${stream}`,
    everyMs: LOOK_EVERY_MS,
    run: () => writer.look(stream),
  });
  return {
    jobs: ANCHOR_STREAMS.map(job),
    warnings: () => writer.troubles().map((code) => `ANCHORS_${code}`),
    finish: () => writer.finish(),
  };
}

/** A key that somebody named and that is not there is not replaced by another. */
async function keyOf({ keyFile, makeKey }: AnchorSettings, logger: Logger) {
  try {
    return await readAnchorKey(keyFile);
  } catch (error) {
    if (!makeKey || !(error instanceof AnchorKeyError) || error.code !== "ABSENT") throw error;
    const key = await createAnchorKey(keyFile);
    logger.warn(
      { area: "anchors", file: keyFile },
      "a key for signed anchors was made beside the data; whoever has both can sign another history: keep the key elsewhere (ANCHOR_KEY_FILE), and give the public key beside it (.pub) to whoever checks",
    );
    return key;
  }
}

/** The name in the genesis: the setting may have changed since. */
async function storedDeployment({ log }: Stores, fallback: string): Promise<string> {
  const [first] = await log.read(-1, 1);
  const parsed = first && parseCommitBody(first.body);
  return (parsed?.ok ? parsed.body.genesis?.deployment : undefined) ?? fallback;
}
