/**
 * A call for help that nobody has acknowledged climbs on time, however often the server is killed.
 * Settings: `OPEN_SOS_MS` how long each round lasts (levels at 15, 30 and 60 s), `OPEN_SOS_ROUNDS`.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ACK_CLOCK } from "../../shared/domain/incident/climb.ts";
import { clockRule } from "../../shared/domain/rules/clock-rules.ts";
import { envelope, isAccepted } from "../support/server/envelope.ts";
import { freePort } from "../support/server/free-port.ts";
import { request } from "../support/server/http-client.ts";
import { foldedWorld, readCommands } from "../support/server/read-log.ts";
import { deviceTokens, type ServerProcess, spawnServer } from "../support/server/server-process.ts";
import { saw, timesOf, tried } from "../support/trials.ts";

const ROUND_MS = timesOf("OPEN_SOS_MS", 18_000);
const ROUNDS = timesOf("OPEN_SOS_ROUNDS", 1);
const CALLS = 20;
const KILL_AFTER_MS = { least: 1_500, most: 9_000 };
/** A level may be raised so late: counted from when it was due, or from the start after that. */
const LATE_MS = 2_000;

/** Wall ms between which the server could scan. */
interface Life {
  readonly from: number;
  to: number;
}

interface Raise {
  readonly incidentId: string;
  readonly level: number;
  readonly at: number;
}

describe("an open call for help and a server that is killed", () => {
  let dataDir: string;
  let server: ServerProcess | undefined;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "open-sos-"));
  });
  afterEach(async () => {
    if (server?.isRunning()) await server.kill();
    await rm(dataDir, { recursive: true, force: true });
  });

  it.each(Array.from({ length: ROUNDS }, (_, round) => round + 1))(
    "FLT-9 given calls that nobody acknowledges, when the server is killed again and again, then each climbs once per level and on time, round %i",
    async () => {
      const port = await freePort();
      server = await spawnServer({ dataDir, port });
      const lives: Life[] = [{ from: Date.now(), to: Number.POSITIVE_INFINITY }];
      const kill = async (): Promise<void> => {
        (lives.at(-1) as Life).to = Date.now();
        await server?.kill();
      };
      await callForHelp(server);
      const until = Date.now() + ROUND_MS;
      for (;;) {
        await pause(Math.min(killAfter(), until - Date.now()));
        if (Date.now() >= until) break;
        await kill();
        server = await spawnServer({ dataDir, port });
        lives.push({ from: Date.now(), to: Number.POSITIVE_INFINITY });
        saw("restart during an open SOS");
      }
      // What fell due just before the last look has its time too.
      await pause(LATE_MS + 500);
      await kill();
      await expectClimbed(lives, until);
    },
    ROUND_MS + 60_000,
  );

  const callForHelp = async ({ url }: ServerProcess): Promise<void> => {
    const phones = (await deviceTokens(dataDir)).filter((d) => /-police$/.test(d.officerId));
    for (const [i, { token }] of phones.slice(0, CALLS).entries()) {
      const call = envelope("incident.sos", `sos-${i}`, {}, { deviceAt: Date.now() });
      const answer = await request(url, "POST", "/api/commands", { device: token }, call);
      expect(isAccepted(answer.json)).toBe(true);
    }
  };

  const expectClimbed = async (lives: readonly Life[], until: number): Promise<void> => {
    const incidents = [...(await foldedWorld(dataDir)).all("incident")];
    expect(incidents).toHaveLength(CALLS);
    const raises = await raisesIn(dataDir);
    const wanted = incidents.flatMap(({ id, clocks }) => {
      const { ruleId = "", startAt = 0 } = clocks[ACK_CLOCK] ?? {};
      const levels = clockRule(ruleId).levels.map(({ level, afterMs }) => {
        return { incidentId: id, level, due: startAt + afterMs };
      });
      return levels.filter(({ due }) => due < until);
    });
    const wrong = wanted.flatMap(({ incidentId, level, due }) => {
      const found = raises.filter((r) => r.incidentId === incidentId && r.level === level);
      const lateMs = (found[0]?.at ?? Number.POSITIVE_INFINITY) - latest(due, lives);
      return found.length === 1 && lateMs <= 0 ? [] : [{ incidentId, level, lateMs, found }];
    });
    tried("level of an open SOS raised on time through kills", wanted.length, wrong.length);
    expect(wanted.length).toBeGreaterThanOrEqual(CALLS);
    expect(lives.length).toBeGreaterThan(1);
    expect(wrong).toEqual([]);
  };
});

/** The end of the first 2 s in which it was due and the server lived. */
function latest(due: number, lives: readonly Life[]): number {
  const ends = lives
    .map(({ from, to }) => ({ end: Math.max(due, from) + LATE_MS, to }))
    .filter(({ end, to }) => end <= to);
  return Math.min(...ends.map(({ end }) => end));
}

async function raisesIn(dataDir: string): Promise<readonly Raise[]> {
  const stored = await readCommands(dataDir);
  return stored.flatMap(({ at, command }) =>
    command.events.flatMap(({ type, ref, data }): Raise[] => {
      const { clock, level } = data as { clock?: string; level?: number };
      if (type !== "ClockRaised" || ref.type !== "incident" || clock !== ACK_CLOCK) return [];
      return [{ incidentId: ref.id, level: level ?? 0, at }];
    }),
  );
}

const killAfter = (): number =>
  KILL_AFTER_MS.least + Math.random() * (KILL_AFTER_MS.most - KILL_AFTER_MS.least);

const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.max(ms, 0)));
