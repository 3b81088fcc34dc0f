/** Anchors as bytes: one spelling of a line, a file that only grows, keys, and what a reader finds. */
import { hash } from "node:crypto";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  hashLine,
  introductionOf,
  NO_LINE,
  parseAnchorLine,
  signLine,
} from "../../server/anchors/anchor.ts";
import { anchorFile, readAnchorFile } from "../../server/anchors/anchor-file.ts";
import {
  createAnchorKey,
  publicFileOf,
  readAnchorKey,
  readPublicKey,
} from "../../server/anchors/anchor-key.ts";
import type { AnchorText } from "../../server/anchors/anchor-sink.ts";
import { checkAnchors } from "../../server/anchors/check-anchors.ts";
import { sampleChain } from "../contract/sample-commits.ts";
import { anchorAt, asTexts, newKey } from "../support/anchors/anchored-history.ts";

const commits = sampleChain(12);
const key = newKey();
const lines = await anchorAt(commits, [0, 3, 7, 11], key.signing);
const [first = "", second = ""] = lines;

async function readAll(file: string): Promise<AnchorText[]> {
  const read: AnchorText[] = [];
  for await (const line of readAnchorFile(file)) read.push(line);
  return read;
}

describe("a line", () => {
  it("ANC-1 given an anchor, when it is written down, then its fields, its key and its signature are those of the rule", () => {
    const parsed = JSON.parse(second) as Record<string, unknown>;
    const { sig, ...rest } = parsed;
    expect(Object.keys(parsed)).toEqual([
      ...["v", "deployment", "stream", "seq", "hash", "count", "at", "prev", "keyId", "sig"],
    ]);
    expect(rest).toEqual({
      v: 1,
      deployment: "湖北",
      stream: "log",
      seq: 0,
      hash: commits[0]?.hash,
      count: 1,
      at: (commits[0]?.at ?? 0) + 20,
      prev: hashLine(first),
      keyId: hash("sha256", key.publicKey.export({ type: "spki", format: "der" })).slice(0, 16),
    });
    expect(sig).toMatch(/^[0-9a-f]{128}$/);
  });

  it("ANC-1 given the same JSON spelled in another way, when read, then it is no anchor", () => {
    expect(parseAnchorLine(second)).toBeDefined();
    const others = [
      ` ${second}`,
      `${second} `,
      `${second}\r`,
      second.replace(":", ": "),
      second.replace('"seq":0', '"seq":0.0'),
      second.replace('"seq":0', '"seq":0,"seq":0'),
      second.replace("湖北", "\\u6e56\\u5317"),
      second.replace('"v":1', '"v":2'),
      second.replace("}", ',"more":1}'),
      second.slice(0, -1),
      "",
    ];
    for (const other of others) expect({ other, is: parseAnchorLine(other) }).toEqual({ other });
  });
});

describe("a file of anchors", () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "anchors-"));
    file = join(folder, "deep", "anchors.ndjson");
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("ANC-3 given lines appended one by one, when read, then each is there and the bytes before it never changed", async () => {
    const sink = anchorFile({ file, makeFolder: true });
    let before = "";
    for (const line of lines) {
      await sink.append(line);
      const text = await readFile(file, "utf8");
      expect(text).toBe(`${before}${line}\n`);
      before = text;
    }
    expect(await sink.recent()).toEqual(lines);
    const read = await readAll(file);
    expect(read).toEqual(asTexts(lines));
  });

  it("ANC-3 given a writer that was cut off at a byte, whichever, when another goes on, then the file checks and nothing before is touched", async () => {
    const whole = `${lines.slice(0, 3).join("\n")}\n`;
    const from = Buffer.byteLength(`${lines.slice(0, 2).join("\n")}\n`);
    for (let length = from; length <= Buffer.byteLength(whole); length += 3) {
      const torn = Buffer.from(whole).subarray(0, length);
      const place = join(folder, `torn-${length}`);
      await writeFile(place, torn);
      const sink = anchorFile({ file: place, makeFolder: false });
      const held = await sink.recent();
      const prev = hashLine(held.at(-1) ?? "");
      const { hash: head = "", at = 0 } = commits[9] ?? {};
      const { keyId } = key.signing;
      const anchor = { deployment: "湖北", stream: "log" as const, seq: 9, hash: head, count: 10 };
      await sink.append(signLine({ ...anchor, at: at + 99, prev, keyId }, key.signing));
      expect((await readFile(place)).subarray(0, length)).toEqual(torn);
      const report = await checkAnchors(readAnchorFile(place), key.publicKey);
      expect({ length, report }).toMatchObject({ length, report: { ok: true } });
    }
  });

  it("ANC-5 given a folder that somebody named and that is missing, when appended, then it fails and no folder is made", async () => {
    const sink = anchorFile({ file, makeFolder: false });
    expect(await sink.recent()).toEqual([]);
    await expect(sink.append(first)).rejects.toThrow(/ENOENT/);
    await expect(stat(join(folder, "deep"))).rejects.toThrow(/ENOENT/);
  });

  it("ANC-3 given a file that holds other things, when looked at, then nothing is appended to it", async () => {
    const other = join(folder, "notes.txt");
    await writeFile(other, "these are notes\n");
    const sink = anchorFile({ file: other, makeFolder: false });
    await expect(sink.recent()).rejects.toThrow(/no anchor file/);
  });

  it("ANC-3 given a file of some megabytes, when the end is looked at, then the last lines are whole", async () => {
    const many = Array.from({ length: 4_000 }, () => second);
    await writeFile(join(folder, "long"), `${many.join("\n")}\n`);
    const recent = await anchorFile({ file: join(folder, "long"), makeFolder: false }).recent();
    expect(recent.length).toBeGreaterThan(50);
    expect(recent.every((line) => line === second)).toBe(true);
    const read = await readAll(join(folder, "long"));
    expect(read).toHaveLength(4_000);
  });

  it("ANC-3 given a file of some megabytes, when read backwards, then every line comes, newest first, but for one that is too long to be ours", async () => {
    const place = join(folder, "long");
    const numbered = Array.from({ length: 12_000 }, (_, n) => `${n} 湖北 ${"x".repeat(n % 700)}`);
    const tooLong = "y".repeat(200_000);
    await writeFile(
      place,
      [...numbered.slice(0, 6_000), tooLong, ...numbered.slice(6_000), "half"].join("\n"),
    );
    const read: string[] = [];
    for await (const line of anchorFile({ file: place, makeFolder: false }).backwards())
      read.push(line);
    expect(read.filter((line) => line !== tooLong)).toEqual(["half", ...numbered.toReversed()]);
    const none: string[] = [];
    for await (const line of anchorFile({ file, makeFolder: false }).backwards()) none.push(line);
    expect(none).toEqual([]);
  });

  it("ANC-5 given a new key, when made, then the private half is its owner's alone, the public one beside it, and none is overwritten", async () => {
    const keyFile = join(folder, "anchor.key");
    const made = await createAnchorKey(keyFile);
    expect((await stat(keyFile)).mode & 0o777).toBe(0o600);
    expect((await readAnchorKey(keyFile)).keyId).toBe(made.keyId);
    const publicKey = await readPublicKey(publicFileOf(keyFile));
    expect(publicKey.export({ type: "spki", format: "der" }).toString("hex")).toBe(made.publicKey);
    await expect(createAnchorKey(keyFile)).rejects.toMatchObject({ code: "EXISTS" });
    expect((await readAnchorKey(keyFile)).keyId).toBe(made.keyId);
  });

  it("ANC-5 given a key that others may read, that is missing or is none, when read, then it is refused", async () => {
    const keyFile = join(folder, "anchor.key");
    await expect(readAnchorKey(keyFile)).rejects.toMatchObject({ code: "ABSENT" });
    await writeFile(keyFile, "no key\n", { mode: 0o644 });
    await expect(readAnchorKey(keyFile)).rejects.toThrow(/may be read by others/);
    await rm(keyFile);
    await writeFile(keyFile, "no key\n", { mode: 0o600 });
    await expect(readAnchorKey(keyFile)).rejects.toMatchObject({ code: "UNUSABLE" });
  });
});

describe("an auditor", () => {
  it("ANC-8 given half a line in the middle, when checked, then it is counted and nothing is missing", async () => {
    const torn = [...lines.slice(0, 3), (lines[3] ?? "").slice(0, 40), ...lines.slice(3)];
    expect(await checkAnchors(asTexts(torn), key.publicKey)).toMatchObject({
      ok: true,
      unfinished: 1,
    });
    const atTheEnd = [...lines.slice(0, 4), (lines[4] ?? "").slice(0, 40)];
    expect(await checkAnchors(asTexts(atTheEnd), key.publicKey)).toMatchObject({
      ok: false,
      line: 5,
    });
  });

  it("ANC-8 given no public key, when checked, then the file's own word is taken and said so", async () => {
    const report = await checkAnchors(asTexts(lines));
    expect(report).toMatchObject({ ok: true, onItsOwnWord: true, keyId: key.signing.keyId });
    const headless = await checkAnchors(asTexts(lines.slice(1)));
    expect(headless).toMatchObject({ ok: false, line: 1 });
  });

  it("ANC-7 given a key handed over, when checked with the first one, then the second signs, and the first no more", async () => {
    const next = newKey();
    const { hash: head = "", at = 0 } = commits[11] ?? {};
    const place = { deployment: "湖北", at: at + 50, prev: hashLine(lines.at(-1) ?? "") };
    const handOver = introductionOf(next.signing.publicKey, key.signing, place);
    const anchor = { stream: "log" as const, seq: 11, hash: head, count: 12 };
    const signedBy = ({ signing }: typeof key) =>
      signLine({ ...place, ...anchor, prev: hashLine(handOver), keyId: signing.keyId }, signing);
    const handed = [...lines, handOver];
    expect(await checkAnchors(asTexts([...handed, signedBy(next)]), key.publicKey)).toMatchObject({
      ok: true,
      keyId: next.signing.keyId,
    });
    expect(await checkAnchors(asTexts([...handed, signedBy(key)]), key.publicKey)).toMatchObject({
      ok: false,
      line: handed.length + 1,
    });
    const byNobody = introductionOf(next.signing.publicKey, next.signing, place);
    expect(await checkAnchors(asTexts([...lines, byNobody]), key.publicKey)).toMatchObject({
      ok: false,
      line: lines.length + 1,
    });
  });

  it("ANC-8 given lines that count, order or place wrongly under a sound signature, when checked, then they are named", async () => {
    const at = (commits[11]?.at ?? 0) + 50;
    const good = {
      deployment: "湖北",
      stream: "log" as const,
      ...{ seq: 11, hash: commits[11]?.hash ?? "", count: 12, at },
      prev: hashLine(lines.at(-1) ?? ""),
      keyId: key.signing.keyId,
    };
    const wrong = [
      { count: 13 },
      { seq: 6, count: 7 },
      { deployment: "湖南" },
      { at: 5 },
      { prev: NO_LINE },
    ];
    expect(
      await checkAnchors(asTexts([...lines, signLine(good, key.signing)]), key.publicKey),
    ).toMatchObject({ ok: true });
    for (const change of wrong) {
      const line = signLine({ ...good, ...change }, key.signing);
      expect(await checkAnchors(asTexts([...lines, line]), key.publicKey)).toMatchObject({
        ok: false,
        line: lines.length + 1,
      });
    }
  });
});
