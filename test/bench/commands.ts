import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause, setImmediate as turn } from "node:timers/promises";
import { v7 } from "uuid";
import { SystemClock } from "../../server/app/clock.ts";
import { openKernel } from "../../server/app/kernel.ts";
import type { World } from "../../server/app/world.ts";
import { readConfig } from "../../server/config.ts";
import { demoCourts } from "../../server/demo/bootstrap.ts";
import { demoCommands, demoOfficers } from "../../server/demo/province.ts";
import { sealCommit } from "../../server/log/hash-chain.ts";
import { openSqliteLog } from "../../server/log/log-sqlite.ts";
import type { Commit } from "../../server/log/log-store.ts";
import { openStores } from "../../server/stores.ts";
import { envelope } from "../support/server/envelope.ts";
import { BATCH, PlayedProvince } from "./commands/decided.ts";
import type { Bench, Figures } from "./figures.ts";

const SENDERS = 100;
const ROUND_MS = { FULL: 1_500, SMOKE: 500 } as const;

const DECIDED = {
  FULL: { live: 50_000, turns: 800, passes: 20 },
  SMOKE: { live: 2_000, turns: 40, passes: 2 },
} as const;

/** The limit of the second part is SQLite itself, given the same bytes in the same commits, in turns with what is measured. */
export const commandsBench: Bench = {
  smoke: true,
  about: `a history of every kind of record, its refusals too, decided and folded in a province of ${DECIDED.FULL.live} open records, ${BATCH} commands on an overlay, nothing written; per second of the thread's CPU, against folding alone what was decided. Then commands of ${SENDERS} senders through the kernel on SQLite, against bare appends of the same commits`,
  goals: [
    {
      id: "COMMANDS",
      what: "commands decided and folded with 50,000 live records",
      unit: "commands/CPU-s",
      better: "HIGHER",
      floor: 50_000,
      aim: 100_000,
      figure: "decided_per_cpu_s",
      judged: "FIGURE",
    },
  ],
  run: async (rounds, length) => {
    const folder = await mkdtemp(join(tmpdir(), "bench-commands-"));
    const stores = await openStores(readConfig({ DATA_DIR: folder }, () => []));
    const kernel = await openKernel({
      ...stores,
      clock: new SystemClock(),
      genesis: { deployment: "bench", alg: "sha256", mode: "DEMO" },
      node: "bench",
      severalWriters: false,
      newId: () => v7(),
      pause,
      yieldTurn: () => turn(),
    });
    const courts = await demoCourts();
    await Promise.all(demoCommands(courts).map((command) => kernel.app.systemCommand(command)));
    const senders = demoOfficers(courts)
      .filter(({ id }) => id.endsWith("-police"))
      .slice(0, SENDERS);
    let n = 0;
    const kinds = {
      duty: (id: string) =>
        envelope("officer.setDuty", id, { duty: n % 2 ? "ON_DUTY" : "DEPLOYED" }, made()),
      text: (_id: string, courtId: string) =>
        envelope("message.send", `m${n}`, { toCourtId: courtId, text: `第${n}条` }, made()),
    };
    const made = () => ({
      deviceAt: Date.now(),
      knownSeq: kernel.replica.tail.seq,
      knownAt: Date.now(),
    });

    const measure = async (
      kind: keyof typeof kinds,
    ): Promise<{ perS: number; commits: readonly Commit[] }> => {
      const from = performance.now();
      const tail = kernel.replica.tail.seq;
      let done = 0;
      await Promise.all(
        senders.map(async ({ id, courtId }) => {
          while (performance.now() - from < ROUND_MS[length]) {
            n += 1;
            const answer = await kernel.app.command(kinds[kind](id, courtId), {
              officerId: id,
              session: "s",
            });
            if (answer.outcome !== "ACCEPTED") throw new Error(JSON.stringify(answer));
            done += 1;
          }
        }),
      );
      const perS = done / ((performance.now() - from) / 1_000);
      return { perS, commits: await stores.log.read(tail, 100_000) };
    };

    const { passes, ...size } = DECIDED[length];
    const province = new PlayedProvince(size);
    for (let pass = 0; pass < passes; pass += 1) province.decide(province.begun()); // compiles
    const figures: Figures[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const decided = perCpuS(province, passes, (world) => province.decide(world));
      const folded = perCpuS(province, passes, (world) => province.fold(world));
      const duty = await measure("duty");
      const limit = await bareAppends(folder, duty.commits);
      const text = await measure("text");
      figures.push({
        decided_per_cpu_s: decided,
        only_folded_per_cpu_s: folded,
        decided_kinds: province.kinds,
        decided_accepted_percent: province.acceptedShare * 100,
        commands_per_s: duty.perS,
        commands_a_commit: commandsIn(duty.commits) / duty.commits.length,
        bare_limit_commands_per_s: limit,
        share_of_limit: duty.perS / limit,
        commands_with_text_per_s: text.perS,
      });
    }
    await kernel.executor.stop();
    await stores.close();
    await rm(folder, { recursive: true, force: true });
    return figures;
  },
};

/** Each time in a province in which nothing of it has happened yet, which is not timed. */
function perCpuS(province: PlayedProvince, passes: number, work: (world: World) => number): number {
  let commands = 0;
  let us = 0;
  for (let pass = 0; pass < passes; pass += 1) {
    const world = province.begun();
    const from = process.threadCpuUsage();
    commands += work(world);
    const { user, system } = process.threadCpuUsage(from);
    us += user + system;
  }
  return commands / (us / 1e6);
}

const idsOf = ({ body }: Commit): string[] =>
  (JSON.parse(body) as { commands: { id: string }[] }).commands.map(({ id }) => id);

const commandsIn = (commits: readonly Commit[]): number =>
  commits.reduce((n, commit) => n + idsOf(commit).length, 0);

/** Commands a second when nothing is decided: sealed, sent to the same thread, made durable. */
async function bareAppends(folder: string, commits: readonly Commit[]): Promise<number> {
  const ids = commits.map(idsOf);
  const log = await openSqliteLog({ file: join(folder, `bare-${v7()}.db`) });
  const from = performance.now();
  let tail: Commit | undefined;
  for (const [i, commit] of commits.entries()) {
    tail = sealCommit(tail, commit, "sha256");
    await log.append(tail, ids[i] ?? []);
  }
  const seconds = (performance.now() - from) / 1_000;
  await log.close();
  return commandsIn(commits) / seconds;
}
