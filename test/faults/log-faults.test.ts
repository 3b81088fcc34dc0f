/**
 * Faults of the disk itself, made with strace: a kill alone proves nothing about power loss, the
 * order of fsync and acknowledgement does.
 */
import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openSqliteLog } from "../../server/log/log-sqlite.ts";
import { verifyChain } from "../../server/log/verify-chain.ts";
import { createLogChildren, wins } from "../contract/log-child-runs.ts";
import { notRun } from "../support/trials.ts";

const canTrace = spawnSync("strace", ["-f", "-o", "/dev/null", "true"]).status === 0;
if (!canTrace) notRun("faults of the disk (strace may not trace here)");

/** Acknowledgements in a trace that no successful sync precedes since the one before. */
function acksWithoutSync(trace: string): number {
  let synced = false;
  let unproven = 0;
  for (const line of trace.split("\n")) {
    if (/f(data)?sync.*= 0$/.test(line)) synced = true;
    if (!/write\(1, "won /.test(line)) continue;
    if (!synced) unproven += 1;
    synced = false;
  }
  return unproven;
}

describe.skipIf(!canTrace)("log on a failing disk", () => {
  let folder: string;
  let file: string;
  const children = createLogChildren();
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "log-faults-"));
    file = join(folder, "log.db");
  });
  afterEach(async () => {
    await children.killAll();
    await rm(folder, { recursive: true });
  });

  it("LOG-17 given traced system calls, when a commit is acknowledged, then its fsync came before", async () => {
    const trace = join(folder, "trace");
    const wrapper = ["strace", "-f", "-o", trace, "-e", "trace=fsync,fdatasync,write"];
    const child = children.start(file, "traced", wrapper);
    await child.until("won", 50);
    await child.kill();
    const text = await readFile(trace, "utf8");
    expect(text.match(/write\(1, "won /g)?.length).toBeGreaterThanOrEqual(50);
    expect(acksWithoutSync(text)).toBe(0);
    const withoutSyncs = text.replaceAll(/^.*f(data)?sync.*$/gm, "");
    expect(acksWithoutSync(withoutSyncs)).toBeGreaterThanOrEqual(50);
  }, 60_000);

  it.each([5, 11])(
    "LOG-17 given an fsync that fails each %ith time, when commits go on, then none that was acknowledged is lost",
    async (nth) => {
      const inject = `inject=fsync,fdatasync:error=EIO:when=20+${nth}`;
      const wrapper = ["strace", "-f", "-o", "/dev/null", "-e", "trace=fsync,fdatasync"];
      const child = children.start(file, "failing", [...wrapper, "-e", inject]);
      await child.until("unclear", 3);
      const troubles = child.lines.length;
      await child.until("won", Math.max(60, wins(child.lines).size + 1));
      await child.kill();
      // The kill may come in the middle of a trouble: the third one is over in any case.
      expect(child.lines.slice(troubles).some((line) => line.startsWith("won"))).toBe(true);
      const log = await openSqliteLog({ file });
      expect(await verifyChain(log.read)).toMatchObject({ ok: true });
      const stored = new Map((await log.read(-1, 100_000)).map(({ seq, hash }) => [seq, hash]));
      await log.close();
      const lost = [...wins(child.lines)].filter(([seq, hash]) => stored.get(seq) !== hash);
      expect(lost).toEqual([]);
    },
    60_000,
  );
});
