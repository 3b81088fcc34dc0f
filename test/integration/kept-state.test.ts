/** A state kept in its file beside a SQLite log, and what `log:verify` says of it. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { verifyCommand } from "../../server/cli/log-verify.ts";
import { openSqliteLog } from "../../server/log/log-sqlite.ts";
import type { LogStore } from "../../server/log/log-store.ts";
import { STATE_FILE } from "../../server/state-cache/place.ts";
import { openStateFile } from "../../server/state-cache/state-cache-file.ts";
import { worldDump } from "../bench/world-dump.ts";
import { keepNow } from "../support/kernel/kept-states.ts";
import { newMedia, testKernel } from "../support/kernel/test-kernel.ts";

const KEY = new Uint8Array(32).fill(7);
const SOS = { place: { lat: 30.6, lng: 114.3 } };

let folder: string;
let log: LogStore;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "kept-state-"));
  const k = await testKernel();
  for (let n = 0; n < 5; n += 1)
    await k.accepted("jiangan.police", "incident.sos", "incident", `i${n}`, SOS);
  log = await openSqliteLog({ file: join(folder, "log.db") });
  for (const commit of await k.log.read(-1, 10_000)) await log.append(commit, []);
  await keepNow(k.kernel, k.log, openStateFile(join(folder, STATE_FILE), KEY));
});
afterEach(async () => {
  await log.close();
  await rm(folder, { recursive: true, force: true });
});

async function verified() {
  const lines: string[] = [];
  const exit = await verifyCommand(["--data", folder], (line) => lines.push(line));
  return { exit, said: lines.at(-1) };
}

/** With a seal of its own: only the log can tell that it is wrong. */
async function rewritten(change: (text: string) => string): Promise<void> {
  const cache = openStateFile(join(folder, STATE_FILE), KEY);
  const text = [...((await cache.read())?.lines ?? [])].join("\n");
  expect(change(text)).not.toBe(text);
  await cache.write(each(change(text).split("\n")));
}

async function* each(lines: readonly string[]) {
  yield* lines;
}

describe("a kept state beside its log", () => {
  it("LOG-29 given a state that was kept rightly, then log:verify says that it agrees", async () => {
    expect(await verified()).toEqual({
      exit: 0,
      said: expect.stringMatching(/state\.kept: commit \d+, agrees with the whole log/),
    });
  });

  it("LOG-29 given a state that is not what the log says, then log:verify names the record and fails", async () => {
    await rewritten((text) => text.replace(/("id":"i0".*?"repeats":)\d+/, "$199"));
    expect(await verified()).toEqual({
      exit: 1,
      said: expect.stringContaining("is not what the log says at incident i0; delete the file"),
    });
  });

  it("LOG-29 given a state of another fold, then log:verify says that nobody will use it", async () => {
    await rewritten((text) => text.replace('"fold":"', '"fold":"0'));
    expect(await verified()).toEqual({
      exit: 0,
      said: expect.stringContaining("no server will use it"),
    });
  });

  it("LOG-24 given a byte of the file that changed, when a kernel is opened on it, then it says so and reads the whole log", async () => {
    const media = newMedia();
    const open = async () => {
      const state = openStateFile(join(folder, STATE_FILE), KEY);
      const k = await testKernel({ media: { ...media, state }, log: log as never });
      return { said: k.keptSaid, world: worldDump(k.kernel.replica.world) };
    };
    const before = await open();
    expect(before.said).toEqual([expect.objectContaining({ kind: "USED" })]);
    const bytes = await readFile(join(folder, STATE_FILE));
    const at = bytes.indexOf('"jiangan"');
    bytes[at + 1] = "x".charCodeAt(0);
    await writeFile(join(folder, STATE_FILE), bytes);
    const after = await open();
    expect(after.said).toEqual([expect.objectContaining({ kind: "IGNORED" })]);
    expect(after.world).toEqual(before.world);
  });
});
