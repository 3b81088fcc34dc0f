import { cp } from "node:fs/promises";
import { type Bench, type Figures, type Length, pause } from "./figures.ts";
import { PIN } from "./pinned.ts";
import { groupConsoles, provinceWith, startClients, startStormServer } from "./storm/room.ts";

const CONSOLES: Readonly<Record<Length, number>> = { FULL: 1_000, SMOKE: 60 };
const LIVE = 300;
/** What was kept for those who just came is forgotten. */
const SETTLED_MS = 6_000;
const KB = 1_024;
/** Servers side by side, each on a folder of its own: most of the time is waiting, and no time is measured. */
const AT_ONCE = 2;

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
    const consoles = groupConsoles(province, count);
    const settledMs = length === "FULL" ? SETTLED_MS : 500;
    const figures: Figures[] = [];
    try {
      const dataDirs = Array.from({ length: AT_ONCE }, (_, i) => `${province.dataDir}-${i}`);
      for (const dataDir of dataDirs) await cp(province.dataDir, dataDir, { recursive: true });
      while (figures.length < rounds) {
        const some = dataDirs
          .slice(0, rounds - figures.length)
          .map((dataDir) => oneServer(dataDir, consoles, { first, settledMs }));
        figures.push(...(await Promise.all(some)));
      }
      return figures;
    } finally {
      await province.remove();
    }
  },
};

async function oneServer(
  dataDir: string,
  consoles: ReturnType<typeof groupConsoles>,
  { first, settledMs }: { readonly first: number; readonly settledMs: number },
): Promise<Figures> {
  const server = await startStormServer(dataDir);
  const clients = startClients();
  const settled = async (some: typeof consoles) => {
    await clients.ask({ do: "idle", port: server.port, consoles: some });
    await pause(settledMs);
    return server.rss();
  };
  const before = await settled(consoles.slice(0, first));
  const after = await settled(consoles.slice(first));
  await clients.stop();
  await server.stop();
  return {
    kb_per_console: (after - before) / KB / (consoles.length - first),
    rss_mb: after / KB / KB,
  };
}
