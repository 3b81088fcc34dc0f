import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { openSqliteLog } from "../../../server/log/log-sqlite.ts";
import { type TestKernel, testKernel } from "../../support/kernel/test-kernel.ts";
import type { Figures } from "../figures.ts";
import { worldDump } from "../world-dump.ts";

const SCRIPT = fileURLToPath(new URL("./fold-world.ts", import.meta.url));
const run = promisify(execFile);

/** A log of so many commits of one command each, which another process folds. */
export async function openFullReplay(commits: number) {
  const folder = await mkdtemp(join(tmpdir(), "bench-fold-"));
  const file = join(folder, "log.db");
  const k = await testKernel();
  await actUntil(k, commits);
  const here = worldDump(k.kernel.replica.world);
  const log = await openSqliteLog({ file });
  for (const commit of await k.log.read(-1, commits * 2)) await log.append(commit, []);
  await log.close();
  const { seq } = k.kernel.replica.tail;
  return {
    /** @throws when its world is not this one's, byte for byte. */
    round: async (): Promise<Figures> => {
      const { stdout } = await run(process.execPath, [SCRIPT, file]);
      const there = JSON.parse(stdout) as { ms: number; records: number; sha256: string };
      if (there.sha256 !== here.sha256) throw new Error(`another world: ${stdout}`);
      return { fold_s_per_million: (there.ms / seq) * 1_000, fold_records: there.records };
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Messages, calls for help, reports and the way of detained persons, one command a commit. */
async function actUntil(k: TestKernel, commits: number): Promise<void> {
  const about = (n: number) => ({
    kind: "DETAIN",
    caseNo: `(2026)鄂0102执${n}号`,
    subject: { id: `s${n}`, label: "张**", sex: "M", ageBand: "18_69", flags: [] },
  });
  for (let n = 0; k.kernel.replica.tail.seq < commits; n += 1) {
    k.clock.pass(1_000);
    await k.accepted("jiangan.police", "detention.control", "detention", `d${n}`, {
      about: about(n),
    });
    await k.accepted("jiangan.duty", "message.send", "message", `m${n}`, {
      toOfficerId: "jiangan.police",
      text: "收到",
    });
    await k.accepted("jiangan.police2", "incident.report", "incident", `i${n}`, {
      kind: "TRAFFIC",
      level: "GENERAL",
    });
    await k.accepted("jiangan.duty", "incident.falseAlarm", "incident", `i${n}`, {
      reason: "误报",
    });
    await k.accepted("jiangan.police", "detention.intake", "detention", `d${n}`, {
      receiptNo: `收${n}`,
    });
    await k.accepted("jiangan.police", "detention.release", "detention", `d${n}`);
  }
}
