import { type Bench, type Figures, type Length, pause } from "./figures.ts";
import { PIN } from "./pinned.ts";
import { groupConsoles, provinceWith, startClients, startStormServer } from "./storm/room.ts";

const CONSOLES: Readonly<Record<Length, number>> = { FULL: 1_000, SMOKE: 60 };
const LIVE = 300;
/** What was kept for those who just came is forgotten. */
const SETTLED_MS = 6_000;
const KB = 1_024;

export const memoryBench: Bench = {
  about: `what the server's memory grows by when ${CONSOLES.FULL} consoles have come and look on in silence, per console and without garbage; the first hundred are there before, so that it is not the views that are counted`,
  goals: [
    {
      id: "PERF-12",
      what: "memory per idle console",
      unit: "KB",
      better: "LOWER",
      floor: 40,
      aim: 26,
      figure: "kb_per_console",
      judged: "FIGURE",
    },
  ],
  smoke: true,
  run: async (rounds, length) => {
    PIN.driveFromHere();
    const count = CONSOLES[length];
    const first = count / 10;
    const province = await provinceWith(
      { officers: 100, consoles: count },
      { events: LIVE, live: LIVE },
    );
    const figures: Figures[] = [];
    try {
      for (let round = 0; round < rounds; round += 1) {
        const server = await startStormServer(province.dataDir);
        const clients = startClients();
        const consoles = groupConsoles(province, count);
        const settled = async (some: typeof consoles) => {
          await clients.ask({ do: "idle", port: server.port, consoles: some });
          await pause(length === "FULL" ? SETTLED_MS : 500);
          return server.rss();
        };
        const before = await settled(consoles.slice(0, first));
        const after = await settled(consoles.slice(first));
        figures.push({
          kb_per_console: (after - before) / KB / (count - first),
          rss_mb: after / KB / KB,
        });
        await clients.stop();
        await server.stop();
      }
      return figures;
    } finally {
      await province.remove();
    }
  },
};
