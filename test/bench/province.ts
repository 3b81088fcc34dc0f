import { type Bench, type Figures, pause, quantile } from "./figures.ts";
import { CONSOLES, OFFICERS, readServer, startLoad } from "./load.ts";

const ROUND_MS = Number(process.env.BENCH_SECONDS ?? 60) * 1_000;
const READ_EVERY_MS = 5_000;
/** `monitorEventLoopDelay` counts its own 10 ms of waiting. */
const RESOLUTION_MS = 10;

export const provinceBench: Bench = {
  soak: true,
  about: `${OFFICERS} officers with a fix each 5 s and ${CONSOLES} consoles, ${ROUND_MS / 1_000} s a round`,
  run: async (rounds) => {
    const figures: Figures[] = [];
    const load = await startLoad();
    await pause(READ_EVERY_MS);
    for (let round = 0; round < rounds; round += 1) figures.push(await oneRound(load));
    await load.stop();
    return figures;
  },
};

async function oneRound({
  server,
  frames,
}: Awaited<ReturnType<typeof startLoad>>): Promise<Figures> {
  const before = await readServer(server);
  const [from, framesBefore] = [performance.now(), frames()];
  const readings = [];
  while (performance.now() - from < ROUND_MS) {
    await pause(READ_EVERY_MS);
    readings.push(await readServer(server));
  }
  const seconds = (performance.now() - from) / 1_000;
  const last = readings.at(-1) ?? before;
  return {
    loop_p99_ms:
      quantile(
        readings.map(({ loopP99Ms }) => loopP99Ms),
        0.5,
      ) - RESOLUTION_MS,
    loop_max_ms: Math.max(...readings.map(({ loopMaxMs }) => loopMaxMs)) - RESOLUTION_MS,
    cpu_percent_of_a_core: (last.cpuMs - before.cpuMs) / seconds / 10,
    rss_mb: last.rssMb,
    frames_per_s: (frames() - framesBefore) / seconds,
  };
}
