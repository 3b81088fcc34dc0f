import { loadavg } from "node:os";
import { v7 } from "uuid";
import { type FaultRoom, isTaken, openFaultRoom } from "../support/net/fault-room.ts";
import { openCrowd } from "../support/net/hostile-crowd.ts";
import { envelope } from "../support/server/envelope.ts";
import { RawClient } from "../support/server/raw-client.ts";
import { type Bench, type Figures, pause, quantile } from "./figures.ts";
import { readServer } from "./load.ts";

const CROWD = { stalled: 50, flooding: 50 };
const CALLERS = 20;
/** Long enough that the connections that this trial throws out have come back. */
const SETTLE_MS = 15_000;
const MEASURE_MS = 20_000;
const BETWEEN_MS = 40;

export const hostileBench: Bench = {
  soak: true,
  about: `calls for help alone and among ${CROWD.stalled} stalled and ${CROWD.flooding} flooding clients, in turn: from sending to the answer, and the server's memory. One visit of the crowd comes before and is not counted, but what the memory grew by then is shown (first_visit_rss_more_mib)`,
  run: async (rounds) => {
    const room = await openFaultRoom();
    const callers = await Promise.all(
      room
        .phones(CROWD.flooding + CALLERS)
        .slice(CROWD.flooding)
        .map(({ token }) => RawClient.open(room.server.url, { seat: "field", device: token })),
    );
    const first = await firstVisit(room, callers);
    const figures: Figures[] = [];
    for (let round = 0; round < rounds; round += 1)
      figures.push({ ...(await oneRound(room, callers)), first_visit_rss_more_mib: first });
    for (const caller of callers) caller.terminate();
    await room.close();
    return figures;
  },
};

/**
 * A heap that has never worked hard grows with the first who make it work, whoever they are, and is
 * not given back. @returns MiB by which it grew.
 */
async function firstVisit(room: FaultRoom, callers: readonly RawClient[]): Promise<number> {
  const before = await measure(room, callers, 5_000);
  const crowd = await openCrowd(room, CROWD);
  const during = await measure(room, callers, MEASURE_MS);
  await crowd.close();
  return during.rssMb - before.rssMb;
}

async function oneRound(room: FaultRoom, callers: readonly RawClient[]): Promise<Figures> {
  await pause(SETTLE_MS);
  const alone = await measure(room, callers, MEASURE_MS);
  const crowd = await openCrowd(room, CROWD);
  const arrival = await measure(room, callers, SETTLE_MS);
  const among = await measure(room, callers, MEASURE_MS);
  const { sent } = await crowd.figures();
  await crowd.close();
  return {
    alone_p50_ms: alone.p50,
    alone_p99_ms: alone.p99,
    among_p50_ms: among.p50,
    among_p99_ms: among.p99,
    p99_more_ms: among.p99 - alone.p99,
    alone_load: alone.load,
    among_load: among.load,
    arrival_p99_ms: arrival.p99,
    alone_loop_p99_ms: alone.loopP99,
    among_loop_p99_ms: among.loopP99,
    alone_rss_mib: alone.rssMb,
    among_rss_mib: among.rssMb,
    rss_more_mib: among.rssMb - alone.rssMb,
    hostile_messages: sent,
  };
}

interface Measured {
  readonly p50: number;
  readonly p99: number;
  /** Of the server's own loop: what is left when the machine itself is busy with the crowd. */
  readonly loopP99: number;
  /** Of the machine over the last minute: above its number of cores others delay server and callers. */
  readonly load: number;
  /** The most there was. */
  readonly rssMb: number;
}

async function measure(
  room: FaultRoom,
  callers: readonly RawClient[],
  ms: number,
): Promise<Measured> {
  const answered: number[] = [];
  let rssMb = 0;
  const until = performance.now() + ms;
  for (let i = 0; performance.now() < until; i += 1) {
    const sos = envelope("incident.sos", v7(), { place: { lat: 30.6, lng: 114.3 } });
    const from = performance.now();
    const answer = await callers[i % callers.length]?.ask("command", sos);
    if (!isTaken(answer)) throw new Error(`SOS: ${JSON.stringify(answer)}`);
    answered.push(performance.now() - from);
    rssMb = Math.max(rssMb, await room.rssMb());
    await pause(BETWEEN_MS);
  }
  const { loopP99Ms } = await readServer(room.server);
  return {
    p50: quantile(answered, 0.5),
    p99: quantile(answered, 0.99),
    loopP99: loopP99Ms,
    load: loadavg()[0] ?? Number.NaN,
    rssMb,
  };
}
