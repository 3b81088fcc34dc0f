import { type Bench, type Figures, type Length, pause } from "./figures.ts";
import { groupConsoles, provinceWith, startClients, startStormServer } from "./storm/room.ts";

interface Crowd {
  /** There before anything is counted, so that it is not the views that are. */
  readonly first: number;
  /** How many there are when the rounds begin. */
  readonly present: number;
  /** How many more come in each round. */
  readonly more: number;
}
const CROWDS: Readonly<Record<Length, Crowd>> = {
  FULL: { first: 100, present: 1_000, more: 500 },
  SMOKE: { first: 6, present: 30, more: 15 },
};
const LIVE = 300;
/** What was kept for those who just came is forgotten. */
const SETTLED_MS = 6_000;
const KB = 1_024;

const { FULL } = CROWDS;

export const memoryBench: Bench = {
  about: `what the resident memory of one server grows by for each console that comes and looks on in silence, without garbage: ${FULL.present} are there before, and each round ${FULL.more} more come. What it grew by for each from the ${FULL.first}th to the ${FULL.present}th stands beside (first_kb_per_console, one look): that holds also what V8's young generation grows to once and keeps, however many consoles there are`,
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
    const { first, present, more } = CROWDS[length];
    const count = present + rounds * more;
    const province = await provinceWith(
      { officers: 100, consoles: count },
      { events: LIVE, live: LIVE },
    );
    const all = groupConsoles(province, count);
    const server = await startStormServer(province.dataDir);
    const clients = startClients();
    try {
      let come = 0;
      /** Resident bytes once there are so many. */
      const settled = async (upTo: number): Promise<number> => {
        await clients.ask({ do: "idle", port: server.port, consoles: all.slice(come, upTo) });
        come = upTo;
        await pause(length === "FULL" ? SETTLED_MS : 500);
        return server.rss();
      };
      const few = await settled(first);
      let before = await settled(present);
      const first_kb_per_console = (before - few) / KB / (present - first);
      const figures: Figures[] = [];
      for (let round = 0; round < rounds; round += 1) {
        const after = await settled(come + more);
        figures.push({
          kb_per_console: (after - before) / KB / more,
          first_kb_per_console,
          rss_mb: after / KB / KB,
        });
        before = after;
      }
      return figures;
    } finally {
      await clients.stop();
      await server.stop();
      await province.remove();
    }
  },
};
