import { closeSync, fdatasyncSync, openSync, writeSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSqliteLog } from "../../../server/log/log-sqlite.ts";
import type { Commit } from "../../../server/log/log-store.ts";
import type { TrackGroup, TrackStore } from "../../../server/tracks/track-store.ts";
import { openTrackThread } from "../../../server/tracks/track-thread.ts";
import { nextCommit, sampleCommand, sampleGenesis } from "../../contract/sample-commits.ts";
import { type Figures, quantile } from "../figures.ts";
import { GROUP_MS, groupAt, PER_SECOND, START } from "../replay/walk.ts";

/** Of positions that are stored in a round. */
export const MEASURED_MS = 60_000;

/** Both logs and two bare files, which stay open over all rounds. */
export async function openAppends(commits: number) {
  const folder = await mkdtemp(join(tmpdir(), "bench-append-"));
  const store = openTrackThread({ dir: join(folder, "tracks"), keepDays: 90 }, START);
  const log = await openSqliteLog({ file: join(folder, "log.db") });
  const raw = openSync(join(folder, "raw"), "w");
  let now = START;
  let last = sampleGenesis();
  await log.append(last, []);
  return {
    round: async (): Promise<Figures> => {
      const positions = await appendPositions(store, raw, now);
      now += MEASURED_MS;
      const some = commitsAfter(last, commits);
      last = some.at(-1) ?? last;
      const from = performance.now();
      for (const commit of some) await log.append(commit, []);
      const oursS = (performance.now() - from) / 1_000;
      return { ...positions, commits_per_s: commits / oursS, ...bareCommits(raw, some) };
    },
    close: async () => {
      await store.close();
      await log.close();
      closeSync(raw);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function commitsAfter(first: Commit, count: number): Commit[] {
  const commits: Commit[] = [];
  let last = first;
  for (let i = 0; i < count; i += 1) {
    last = nextCommit(last, [sampleCommand(`cmd-${last.seq + 1}`, "x".repeat(200))]);
    commits.push(last);
  }
  return commits;
}

/** The same bytes, each made durable before the next. */
function bareCommits(raw: number, commits: readonly Commit[]): Figures {
  const from = performance.now();
  for (const { body } of commits) {
    writeSync(raw, body);
    fdatasyncSync(raw);
  }
  return { raw_commits_per_s: commits.length / ((performance.now() - from) / 1_000) };
}

/** Positions in the groups in which a server brings them, against as many bytes in a bare file. */
async function appendPositions(store: TrackStore, raw: number, now: number) {
  const groups = (): TrackGroup[] => {
    const list: TrackGroup[] = [];
    for (let at = now; at < now + MEASURED_MS; at += GROUP_MS) list.push(groupAt(at, GROUP_MS));
    return list;
  };
  const [ours, bare] = [groups(), groups()];
  const positions = (MEASURED_MS / 1_000) * PER_SECOND;
  const acknowledged: number[] = [];
  const cpu = process.cpuUsage();
  for (const [i, group] of ours.entries()) {
    const from = performance.now();
    await store.append(group, now + i * GROUP_MS);
    acknowledged.push(performance.now() - from);
  }
  const oursS = cpuSecondsSince(cpu);
  const bareCpu = process.cpuUsage();
  for (const { words } of bare) writeSync(raw, new Uint8Array(words.buffer));
  const bareS = cpuSecondsSince(bareCpu);
  await store.tick(now + MEASURED_MS);
  return {
    append_positions_per_cpu_s: positions / oursS,
    raw_append_positions_per_cpu_s: positions / bareS,
    append_group_p99_ms: quantile(acknowledged, 0.99),
  };
}

function cpuSecondsSince(from: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1e6;
}
