import { existsSync } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { STATE_FILE } from "../../server/state-cache/place.ts";
import { type Bench, type Figures, type Length, pause } from "./figures.ts";
import type { Stormed } from "./storm/messages.ts";
import { highConsole, provinceWith, startClients, startStormServer } from "./storm/room.ts";

interface Sizes {
  readonly events: number;
  readonly live: number;
}

const SIZES: Readonly<Record<Length, Sizes>> = {
  FULL: { events: 1_000_000, live: 4_300 },
  SMOKE: { events: 150_000, live: 300 },
};
const KEPT_WITHIN_MS = 120_000;
const LOOK_EVERY_MS = 200;
const MB = 1e6;

export const coldBench: Bench = {
  about: `a server starts on ${SIZES.FULL.events} events, ${SIZES.FULL.live} records of which are open: from starting the process to the first whole snapshot on a console of the High Court; from the kept state, and once by reading the whole log`,
  goals: [
    {
      id: "PERF-15",
      what: "cold start with 1 M events",
      unit: "s",
      better: "LOWER",
      floor: 2,
      aim: 1,
      figure: "start_s",
      judged: "FIGURE",
    },
  ],
  smoke: true,
  run: async (rounds, length) => {
    const province = await provinceWith({ officers: 200, consoles: 10 }, SIZES[length]);
    const clients = startClients();
    const consoles = [highConsole(province)];
    const started = async () => {
      const from = performance.now();
      const server = await startStormServer(province.dataDir);
      const { port } = server;
      const listensMs = performance.now() - from;
      const served = await clients.ask<Stormed>({ do: "storm", port, consoles, from: "NOWHERE" });
      const ms = performance.now() - from;
      await clients.ask({ do: "drop" });
      return { server, ms, listensMs, bytes: served.bytes };
    };
    try {
      const replayed = await started();
      const file = join(province.dataDir, STATE_FILE);
      const keptMs = await waitedFor(file);
      await replayed.server.stop();
      const { size } = await stat(file);
      const figures: Figures[] = [];
      for (let round = 0; round < rounds; round += 1) {
        const { server, ms, listensMs, bytes } = await started();
        const rss = await server.rss();
        await server.stop();
        figures.push({
          start_s: ms / 1_000,
          listens_s: listensMs / 1_000,
          whole_log_s: replayed.ms / 1_000,
          kept_within_s: keptMs / 1_000,
          kept_mb: size / MB,
          snapshot_mb: bytes / MB,
          rss_mb: rss / MB,
        });
      }
      return figures;
    } finally {
      await clients.stop();
      await province.remove();
    }
  },
};

async function waitedFor(file: string): Promise<number> {
  const from = performance.now();
  while (!existsSync(file)) {
    if (performance.now() - from > KEPT_WITHIN_MS) throw new Error("no state was kept");
    await pause(LOOK_EVERY_MS);
  }
  return performance.now() - from;
}
