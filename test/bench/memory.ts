import { type Bench, type Figures, type Length, pause } from "./figures.ts";
import type { StormConsole } from "./storm/messages.ts";
import { groupConsoles, provinceWith, startClients, startStormServer } from "./storm/room.ts";

interface Crowd {
  /** There before anything is counted, so that it is not the views that are. */
  readonly first: number;
  readonly all: number;
  /** How many there are after the last round's further ones have come. */
  readonly further: number;
}
const CROWDS: Readonly<Record<Length, Crowd>> = {
  FULL: { first: 100, all: 1_000, further: 2_000 },
  SMOKE: { first: 6, all: 60, further: 90 },
};
const LIVE = 300;
/** What was kept for those who just came is forgotten. */
const SETTLED_MS = 6_000;
const KB = 1_024;

const { FULL } = CROWDS;

export const memoryBench: Bench = {
  about: `what the server's memory grows by when ${FULL.all} consoles have come and look on in silence, per console and without garbage; the first hundred are there before, so that it is not the views that are counted. That holds also what V8's young generation grows to once and keeps, so beside it stands, for the last round's server, what each further console costs up to ${FULL.further}`,
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
    {
      id: "PERF-12",
      what: "the same for each further console, one look",
      unit: "KB",
      better: "LOWER",
      floor: 40,
      aim: 26,
      figure: "further_kb_per_console",
      judged: "FIGURE",
      beside: true,
    },
  ],
  smoke: true,
  run: async (rounds, length) => {
    const { first, all, further } = CROWDS[length];
    const province = await provinceWith(
      { officers: 100, consoles: all },
      { events: LIVE, live: LIVE },
    );
    const consoles = groupConsoles(province, further);
    const figures: Figures[] = [];
    try {
      for (let round = 0; round < rounds; round += 1) {
        const room = await openRoom(province.dataDir, consoles, length);
        const few = await room.settled(first);
        const many = await room.settled(all);
        figures.push({
          kb_per_console: (many - few) / KB / (all - first),
          rss_mb: many / KB / KB,
        });
        if (round === rounds - 1) {
          const most = await room.settled(further);
          const further_kb_per_console = (most - many) / KB / (further - all);
          for (const [i, each] of figures.entries())
            figures[i] = { ...each, further_kb_per_console };
        }
        await room.close();
      }
      return figures;
    } finally {
      await province.remove();
    }
  },
};

/** A server and those who come to it. */
async function openRoom(dataDir: string, consoles: readonly StormConsole[], length: Length) {
  const server = await startStormServer(dataDir);
  const clients = startClients();
  let come = 0;
  return {
    /** Resident bytes once there are so many. */
    settled: async (upTo: number): Promise<number> => {
      await clients.ask({ do: "idle", port: server.port, consoles: consoles.slice(come, upTo) });
      come = upTo;
      await pause(length === "FULL" ? SETTLED_MS : 500);
      return server.rss();
    },
    close: async () => {
      await clients.stop();
      await server.stop();
    },
  };
}
