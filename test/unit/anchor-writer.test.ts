/** When anchors are written, and what happens when they cannot be. Clock, store and disk are fakes. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { isIntroduction, parseAnchorLine } from "../../server/anchors/anchor.ts";
import { anchorFile } from "../../server/anchors/anchor-file.ts";
import { AnchorKeyError } from "../../server/anchors/anchor-key.ts";
import {
  ANCHOR_EVERY_COMMITS,
  ANCHOR_EVERY_MS,
  AnchorWriter,
  type AnchorWriterDeps,
  type Head,
  RETRY_MS,
} from "../../server/anchors/anchor-writer.ts";
import { checkAnchors } from "../../server/anchors/check-anchors.ts";
import { anchoredSeqs, asTexts, memorySink, newKey } from "../support/anchors/anchored-history.ts";

const START_AT = Date.UTC(2026, 10, 22, 9, 0, 0);
const hashOf = (seq: number): string => seq.toString(16).padStart(64, "0");

function rig(change: Partial<AnchorWriterDeps> = {}, lines: string[] = []) {
  const sink = memorySink(lines);
  const heads: { log?: Head; access?: Head } = {};
  const troubles: string[] = [];
  const late: (() => void)[] = [];
  const key = newKey();
  let elapsed = 0;
  const writer = new AnchorWriter({
    sink,
    key: async () => key.signing,
    deployment: "湖北",
    head: (stream) => heads[stream],
    storedHash: async (_stream, seq) => hashOf(seq),
    now: () => START_AT + elapsed,
    monotonic: () => elapsed,
    pause: () => new Promise<void>((resolve) => late.push(resolve)),
    onTrouble: (stream, code) => troubles.push(`${stream} ${code ?? "over"}`),
    ...change,
  });
  return {
    writer,
    sink,
    key,
    troubles,
    lateNow: () => {
      for (const resolve of late.splice(0)) resolve();
    },
    goTo: (seq: number, stream: "log" | "access" = "log") => {
      heads[stream] = { seq, hash: hashOf(seq) };
    },
    pass: (ms: number) => {
      elapsed += ms;
    },
    seqs: (stream: "log" | "access" = "log") => anchoredSeqs(sink.lines, stream),
  };
}

describe("when anchors are written", () => {
  it("ANC-2 given a head that moves, when a minute has passed, then one anchor, and none before", async () => {
    const { writer, goTo, pass, seqs } = rig();
    goTo(5);
    await writer.look("log");
    expect(seqs()).toEqual([5]);
    goTo(6);
    pass(ANCHOR_EVERY_MS - 1);
    await writer.look("log");
    expect(seqs()).toEqual([5]);
    pass(1);
    await writer.look("log");
    expect(seqs()).toEqual([5, 6]);
  });

  it("ANC-2 given 1,000 commits within the minute, when looked, then an anchor at once", async () => {
    const { writer, goTo, seqs } = rig();
    goTo(0);
    await writer.look("log");
    goTo(ANCHOR_EVERY_COMMITS - 1);
    await writer.look("log");
    expect(seqs()).toEqual([0]);
    goTo(ANCHOR_EVERY_COMMITS);
    await writer.look("log");
    expect(seqs()).toEqual([0, ANCHOR_EVERY_COMMITS]);
  });

  it("ANC-2 given a head that stands still, when hours pass and the server starts again, then no anchor", async () => {
    const first = rig();
    first.goTo(7);
    for (let i = 0; i < 100; i += 1) {
      await first.writer.look("log");
      first.pass(ANCHOR_EVERY_MS);
    }
    await first.writer.finish();
    expect(first.seqs()).toEqual([7]);
    const again = rig({ key: async () => first.key.signing }, first.sink.lines);
    again.goTo(7);
    await again.writer.look("log");
    expect(again.seqs()).toEqual([7]);
    again.goTo(8);
    await again.writer.look("log");
    expect(again.seqs()).toEqual([7, 8]);
  });

  it("ANC-2 given commits within the minute, when the server stops, then both streams are anchored", async () => {
    const { writer, goTo, seqs } = rig();
    goTo(3);
    await writer.look("log");
    goTo(9);
    goTo(2, "access");
    await writer.finish();
    expect([seqs("log"), seqs("access")]).toEqual([[3, 9], [2]]);
  });

  it("ANC-1 given both streams looked at together, when checked, then every line names the one before it", async () => {
    const { writer, goTo, pass, sink, key } = rig();
    for (let seq = 0; seq < 10; seq += 1) {
      goTo(seq);
      goTo(seq, "access");
      await Promise.all([writer.look("log"), writer.look("access")]);
      pass(ANCHOR_EVERY_MS);
    }
    const report = await checkAnchors(asTexts(sink.lines), key.publicKey);
    expect(report).toMatchObject({ ok: true, keyId: key.signing.keyId, onItsOwnWord: false });
    expect(sink.lines).toHaveLength(21);
  });

  it("ANC-1 given a clock that was set back over a restart, when an anchor is written, then its time is not before the last", async () => {
    const first = rig();
    first.pass(3_600_000);
    first.goTo(1);
    await first.writer.look("log");
    const again = rig({ key: async () => first.key.signing }, first.sink.lines);
    again.goTo(2);
    await again.writer.look("log");
    const ats = again.sink.lines.map((line) => parseAnchorLine(line)?.at);
    expect(ats).toEqual([START_AT + 3_600_000, START_AT + 3_600_000, START_AT + 3_600_000]);
  });
});

describe("when an anchor cannot be written", () => {
  it("ANC-4 given a full disk, when looked, then it is told once, tried again after 5 s, and over when it works", async () => {
    let isFull = true;
    let appends = 0;
    const sink = memorySink();
    const { writer, goTo, pass, troubles } = rig({
      sink: {
        ...sink,
        append: async (line) => {
          appends += 1;
          if (isFull) throw Object.assign(new Error("no space left"), { code: "ENOSPC" });
          return sink.append(line);
        },
      },
    });
    goTo(4);
    for (let second = 0; second < 12; second += 1) {
      await writer.look("log");
      pass(1_000);
    }
    expect(appends).toBe(3);
    expect(troubles).toEqual(["log NOT_WRITTEN"]);
    expect(writer.troubles()).toEqual(["NOT_WRITTEN"]);
    isFull = false;
    pass(RETRY_MS);
    await writer.look("log");
    expect(anchoredSeqs(sink.lines)).toEqual([4]);
    expect([troubles, writer.troubles()]).toEqual([["log NOT_WRITTEN", "log over"], []]);
  });

  it("ANC-4 given a disk that hangs, when looked and stopped, then neither waits for it, and no second write begins", async () => {
    const hung = Promise.withResolvers<void>();
    const sink = memorySink();
    let appends = 0;
    const { writer, goTo, lateNow, pass, troubles } = rig({
      sink: {
        ...sink,
        append: async (line) => {
          appends += 1;
          await hung.promise;
          return sink.append(line);
        },
      },
    });
    goTo(4);
    const look = writer.look("log");
    await new Promise((resolve) => setImmediate(resolve));
    lateNow();
    await look;
    expect(writer.troubles()).toEqual(["NO_ANSWER"]);
    pass(ANCHOR_EVERY_MS);
    const stopped = writer.finish();
    for (let i = 0; i < 10; i += 1) {
      lateNow();
      await new Promise((resolve) => setImmediate(resolve));
    }
    await stopped;
    expect(appends).toBe(1);
    hung.resolve();
    await writer.look("log");
    expect(anchoredSeqs(sink.lines)).toEqual([4]);
    expect(troubles).toEqual(["log NO_ANSWER", "log over"]);
  });

  it("ANC-4 given a key that is missing or a store that cannot be read, when looked, then the code says which", async () => {
    const noKey = rig({ key: () => Promise.reject(new AnchorKeyError("ABSENT", "no key")) });
    noKey.goTo(1);
    await noKey.writer.look("log");
    expect(noKey.writer.troubles()).toEqual(["KEY"]);
    const noStore = rig({ head: () => Promise.reject(new Error("the store is away")) });
    await noStore.writer.look("access");
    expect(noStore.writer.troubles()).toEqual(["NOT_WRITTEN"]);
  });

  it("ANC-6 given a store that holds another commit than was anchored, or none, when looked, then no further anchor and a warning", async () => {
    for (const stored of [hashOf(99), undefined]) {
      const history = { swapped: false };
      const { writer, goTo, pass, seqs } = rig({
        storedHash: async (_stream, seq) => (history.swapped ? stored : hashOf(seq)),
      });
      goTo(4);
      await writer.look("log");
      history.swapped = true;
      goTo(5);
      pass(ANCHOR_EVERY_MS);
      await writer.look("log");
      await writer.finish();
      expect([seqs(), writer.troubles()]).toEqual([[4], ["OTHER_HISTORY"]]);
    }
  });

  it("ANC-6 given a head that stands still, when a minute passes, then the last anchor is held against the store, and not each second", async () => {
    let asked = 0;
    let stored = (seq: number): string | undefined => hashOf(seq);
    const { writer, goTo, pass } = rig({
      storedHash: async (_stream, seq) => {
        asked += 1;
        return stored(seq);
      },
    });
    goTo(4);
    for (let second = 0; second <= 120; second += 1) {
      await writer.look("log");
      pass(1_000);
    }
    expect(asked).toBeLessThanOrEqual(3);
    stored = () => undefined;
    pass(ANCHOR_EVERY_MS);
    await writer.look("log");
    expect(writer.troubles()).toEqual(["OTHER_HISTORY"]);
  });

  it("ANC-6 given a log that ends before the last anchor, when a server starts on it, then the same", async () => {
    const first = rig();
    first.goTo(9);
    await first.writer.look("log");
    const { writer, goTo, seqs } = rig(
      {
        key: async () => first.key.signing,
        storedHash: async (_stream, seq) => (seq <= 5 ? hashOf(seq) : undefined),
      },
      first.sink.lines,
    );
    goTo(5);
    await writer.look("log");
    expect([seqs(), writer.troubles()]).toEqual([[9], ["OTHER_HISTORY"]]);
  });

  it("ANC-6 given a stream that stood still for hours while the other was anchored each minute, when a server starts on a rewritten one, then that is found", async () => {
    const first = rig();
    first.goTo(500, "access");
    for (let minute = 0; minute < 240; minute += 1) {
      first.goTo(minute);
      await first.writer.look("log");
      await first.writer.look("access");
      first.pass(ANCHOR_EVERY_MS);
    }
    const folder = await mkdtemp(join(tmpdir(), "anchors-"));
    try {
      const file = join(folder, "anchors.ndjson");
      await writeFile(file, `${first.sink.lines.join("\n")}\n`);
      const again = rig({
        sink: anchorFile({ file, makeFolder: false }),
        key: async () => first.key.signing,
        storedHash: async (stream, seq) => (stream === "log" || seq <= 3 ? hashOf(seq) : undefined),
      });
      again.goTo(3, "access");
      again.goTo(240);
      await again.writer.look("access");
      await again.writer.look("log");
      expect(again.troubles).toEqual(["access OTHER_HISTORY"]);
      const lines = (await readFile(file, "utf8")).split("\n");
      expect(anchoredSeqs(lines, "access")).toEqual([500]);
      expect(anchoredSeqs(lines).at(-1)).toBe(240);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("ANC-7 given a file of another key or deployment, when looked, then nothing is written", async () => {
    const first = rig();
    first.goTo(1);
    await first.writer.look("log");
    const stranger = rig({}, first.sink.lines);
    stranger.goTo(2);
    await stranger.writer.look("log");
    expect([stranger.seqs(), stranger.writer.troubles()]).toEqual([[1], ["KEY_REPLACED"]]);
    const foreign = rig(
      { deployment: "湖南", key: async () => first.key.signing },
      first.sink.lines,
    );
    foreign.goTo(2);
    await foreign.writer.look("log");
    expect([foreign.seqs(), foreign.writer.troubles()]).toEqual([[1], ["OTHER_DEPLOYMENT"]]);
  });

  it("ANC-7 given an empty file, when the first anchor is written, then the key introduces itself before it", async () => {
    const { writer, goTo, sink, key } = rig();
    goTo(0);
    await writer.look("log");
    const [first, second] = sink.lines.map((line) => parseAnchorLine(line));
    expect(first && isIntroduction(first) && first.introduces).toBe(key.signing.publicKey);
    expect(second).toMatchObject({ stream: "log", seq: 0, count: 1, hash: hashOf(0) });
  });
});
