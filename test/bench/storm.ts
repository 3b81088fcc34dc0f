import { type Bench, type Figures, type Length, pause } from "./figures.ts";
import type { Stormed } from "./storm/messages.ts";
import {
  groupConsoles,
  provinceWith,
  startClients,
  startLimit,
  startStormServer,
} from "./storm/room.ts";

interface Sizes {
  readonly officers: number;
  readonly consoles: number;
  readonly live: number;
  readonly commits: number;
}

const SIZES: Readonly<Record<Length, Sizes>> = {
  FULL: { officers: 2_000, consoles: 1_000, live: 4_300, commits: 50 },
  SMOKE: { officers: 50, consoles: 60, live: 300, commits: 20 },
};
/** Until the server has seen that they are gone, and what it kept for them is old. */
const AWAY_MS = 6_000;
const AWAY_SHORT_MS = 1_000;

export const stormBench: Bench = {
  about: `${SIZES.FULL.consoles} consoles come back at the same moment, each to 10 of 100 courts with ${SIZES.FULL.live} open records in all, while ${SIZES.FULL.commits} commits a second go on; until the last has its picture. The limit is a bare \`ws\` server that writes as many bytes, framed beforehand, to whoever connects`,
  goals: [
    {
      id: "PERF-13",
      what: "1,000 consoles come back, until all are served",
      unit: "ms",
      better: "LOWER",
      floor: 2_500,
      aim: 1_300,
      figure: "snapshots_all_ms",
      judged: "FIGURE",
    },
    {
      id: "PERF-13",
      what: "the same ÷ bare ws",
      unit: "ms",
      better: "LOWER",
      floor: 4,
      aim: 2.5,
      figure: "snapshots_all_ms",
      limit: "limit_all_ms",
      judged: "SHARE",
    },
  ],
  smoke: true,
  run: async (rounds, length) => {
    const size = SIZES[length];
    const province = await provinceWith(size, { events: size.live, live: size.live });
    const server = await startStormServer(province.dataDir);
    const clients = startClients();
    const consoles = groupConsoles(province, size.consoles);
    try {
      server.order({ commits: size.commits });
      const storm = (from: "NOWHERE" | "CURSOR") =>
        clients.ask<Stormed>({ do: "storm", port: server.port, consoles, from });
      let gone = performance.now();
      const drop = async () => {
        await clients.ask({ do: "drop" });
        gone = performance.now();
        await pause(AWAY_SHORT_MS);
      };
      const warm = await storm("NOWHERE");
      const limit = await startLimit(warm.bytes);
      const bare = consoles.map(() => ({ path: "/" }));
      const figures: Figures[] = [];
      await drop();
      for (let round = 0; round < rounds; round += 1) {
        await pause(Math.max(0, gone + AWAY_MS - performance.now()));
        const snapshots = await storm("NOWHERE");
        await drop();
        const resumed = await storm("CURSOR");
        await drop();
        const limited = await clients.ask<Stormed>({
          do: "storm",
          port: limit.port,
          consoles: bare,
          from: "NOWHERE",
        });
        await clients.ask({ do: "drop" });
        figures.push({
          snapshots_all_ms: snapshots.allMs,
          snapshots_p50_ms: snapshots.p50Ms,
          snapshot_bytes: snapshots.bytes,
          resumes_all_ms: resumed.allMs,
          resumes_p50_ms: resumed.p50Ms,
          limit_all_ms: limited.allMs,
          limit_p50_ms: limited.p50Ms,
        });
      }
      await limit.stop();
      return figures;
    } finally {
      await clients.stop();
      await server.stop();
      await province.remove();
    }
  },
};
