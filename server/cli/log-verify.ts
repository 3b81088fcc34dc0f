/** `npm run log:verify`: is the stored history the one that was written? */
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { AnchorStream } from "../anchors/anchor.ts";
import { readAnchorFile } from "../anchors/anchor-file.ts";
import { AnchorKeyError, readPublicKey } from "../anchors/anchor-key.ts";
import {
  type AnchorFault,
  type CheckedAnchor,
  checkAnchors,
  type SoundAnchors,
} from "../anchors/check-anchors.ts";
import { watchAnchors } from "../anchors/watch-anchors.ts";
import type { LogStore } from "../log/log-store.ts";
import { LogStoreError } from "../log/log-store.ts";
import { markOf } from "../log/mark-of.ts";
import type { LogName, LogPlace } from "../log/open-for-reading.ts";
import { openForReading, placeFrom } from "../log/open-for-reading.ts";
import type { ExpectedHead } from "../log/verify-chain.ts";
import { verifyChain } from "../log/verify-chain.ts";
import { STATE_FILE } from "../state-cache/place.ts";
import { checkKeptState } from "./check-kept-state.ts";

const USAGE = `Checks every hash of the stored history, of the log and of the record of reveals.
It changes nothing and may run while the server runs.

  npm run log:verify -- --data DIR       DIR/log.db and DIR/access.db
  npm run log:verify -- --mongodb URI    the collections commits and access

  --expect SEQ:HASH   the log must hold this commit; give a head that was written down earlier,
                      because a log cut at its end is a sound chain too (may be repeated)
  --anchors FILE      the log must agree with every signed anchor; finds a history that was rewritten
                      with all its hashes, or cut, before the last anchor. Use the copy that was kept
                      outside the store
  --state FILE        what a server keeps for its next start must be what the whole log folds to;
                      with --data this is asked of DIR/${STATE_FILE} if it is there
  --public-key FILE   with --anchors: the key that the file began with (PEM), as it was noted when
                      the key was made. Without it the file's own word is taken
  --help

Exit status: 0 verified, 1 not the history that was written, 2 wrong usage or nothing to read.`;

const EXIT = { verified: 0, damaged: 1, notChecked: 2 } as const;

interface VerifyRequest {
  readonly place: LogPlace;
  readonly expected: readonly ExpectedHead[];
  readonly stateFile?: string;
  readonly anchors?: { readonly file: string; readonly publicKeyFile: string | undefined };
}

export async function verifyCommand(
  args: readonly string[],
  print: (line: string) => void,
): Promise<number> {
  const request = readRequest(args);
  if (request === "HELP" || request === "WRONG") {
    print(USAGE);
    return request === "HELP" ? EXIT.verified : EXIT.notChecked;
  }
  const first = await verifyPlace(request);
  const last = first.exit === EXIT.damaged ? await verifyPlace(request) : first;
  for (const line of last.lines) print(line);
  return last.exit;
}

function readRequest(args: readonly string[]): VerifyRequest | "HELP" | "WRONG" {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        data: { type: "string" },
        mongodb: { type: "string" },
        expect: { type: "string", multiple: true },
        anchors: { type: "string" },
        "public-key": { type: "string" },
        state: { type: "string" },
        help: { type: "boolean" },
      },
    });
    if (values.help === true) return "HELP";
    const place = placeFrom(values);
    const heads = (values.expect ?? []).map(readHead);
    const expected = heads.filter((head) => head !== undefined);
    const { anchors: file, "public-key": publicKeyFile } = values;
    if (place === undefined || expected.length < heads.length) return "WRONG";
    const request = { place, expected, ...stateOf(place, values.state) };
    if (file === undefined) return publicKeyFile === undefined ? request : "WRONG";
    return { ...request, anchors: { file, publicKeyFile } };
  } catch {
    return "WRONG"; // parseArgs throws on every option that it does not know
  }
}

function stateOf(place: LogPlace, named: string | undefined): { readonly stateFile?: string } {
  if (named !== undefined) return { stateFile: named };
  return place.kind === "folder" ? { stateFile: join(place.folder, STATE_FILE) } : {};
}

function readHead(text: string): ExpectedHead | undefined {
  const match = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text);
  return match === null ? undefined : { seq: Number(match[1]), hash: match[2] ?? "" };
}

interface Verdict {
  readonly exit: number;
  readonly lines: readonly string[];
}

type Print = (line: string) => void;

/** Damage is looked at twice: a server that starts in between moves what an idle file held still. */
async function verifyPlace(request: VerifyRequest): Promise<Verdict> {
  const lines: string[] = [];
  const print: Print = (line) => lines.push(line);
  try {
    // Before the logs are opened: they may only be longer than what was anchored.
    const anchors = await readAnchors(request);
    if (anchors?.ok === false) return { exit: EXIT.damaged, lines: [anchors.message] };
    return { exit: await verifyLogs(request, anchors, print), lines };
  } catch (error) {
    const exit = exitFor(error);
    if (exit === undefined || !(error instanceof Error)) throw error;
    return { exit, lines: [...lines, error.message] };
  }
}

async function readAnchors({
  anchors,
}: VerifyRequest): Promise<SoundAnchors | AnchorFault | undefined> {
  if (anchors === undefined) return undefined;
  const { file, publicKeyFile } = anchors;
  const trusted = publicKeyFile === undefined ? undefined : await readPublicKey(publicKeyFile);
  return checkAnchors(readAnchorFile(file), trusted);
}

function exitFor(error: unknown): number | undefined {
  if (error instanceof LogStoreError)
    return error.code === "CORRUPT" ? EXIT.damaged : EXIT.notChecked;
  const isFile = error instanceof Error && "syscall" in error;
  return isFile || error instanceof AnchorKeyError ? EXIT.notChecked : undefined;
}

async function verifyLogs(
  request: VerifyRequest,
  anchors: SoundAnchors | undefined,
  print: Print,
): Promise<number> {
  const { logs, close } = await openForReading(request.place);
  let isSound = true;
  try {
    for (const name of ["commits", "access"] as const) {
      const heads = name === "commits" ? request.expected : [];
      const holds = await verifyLog(name, logs.get(name), heads, anchors, print);
      isSound = holds && isSound;
    }
    if (isSound) isSound = await holdsState(logs.get("commits"), request.stateFile, print);
  } finally {
    await close();
  }
  if (isSound && anchors !== undefined) for (const line of saidOf(anchors)) print(line);
  return isSound ? EXIT.verified : EXIT.damaged;
}

async function holdsState(
  log: Pick<LogStore, "read"> | undefined,
  file: string | undefined,
  print: Print,
): Promise<boolean> {
  const verdict = log && file !== undefined ? await checkKeptState(log, file) : undefined;
  if (verdict) print(verdict.line);
  return verdict?.isSound ?? true;
}

const STREAMS: Readonly<Record<LogName, AnchorStream>> = { commits: "log", access: "access" };

async function verifyLog(
  name: LogName,
  log: Pick<LogStore, "read"> | undefined,
  heads: readonly ExpectedHead[],
  anchors: SoundAnchors | undefined,
  print: Print,
): Promise<boolean> {
  const label = name === "commits" ? "" : `${name}: `;
  const own = anchors?.byStream.get(STREAMS[name]) ?? [];
  if (log === undefined) {
    if (own.length > 0)
      print(`${label}commit 0: missing (there is no such log, but anchors of it)`);
    return own.length === 0;
  }
  const deployment = name === "commits" ? anchors?.deployment : undefined;
  const report = await verifyChain(log.read, heads, watchAnchors(own, deployment));
  if (!report.ok) {
    print(`${label}${report.message}`);
    return false;
  }
  if (report.count === 0) {
    print(`${label}commit 0: missing (the log is empty)`);
    return false;
  }
  print(`${label}verified ${report.count} commits, head ${report.head}`);
  const mark = name === "commits" ? await markOf(log) : undefined;
  if (mark !== undefined) print(mark);
  if (anchors) print(`${label}${anchoredPart(own, report.count)}`);
  return true;
}

function anchoredPart(anchors: readonly CheckedAnchor[], count: number): string {
  const newer = count - (anchors.at(-1)?.count ?? 0);
  return `agrees with ${anchors.length} anchors, which vouch for all but the last ${newer} commits`;
}

function saidOf({ keyId, onItsOwnWord, unfinished }: SoundAnchors): string[] {
  const lines = [`anchors: signed with the key ${keyId}`];
  if (unfinished > 0) lines.push(`anchors: ${unfinished} unfinished lines, none is missing`);
  if (onItsOwnWord) {
    lines.push("anchors: the key is on the file's own word; give --public-key to be sure of it");
  }
  return lines;
}

if (import.meta.main) {
  process.exitCode = await verifyCommand(process.argv.slice(2), console.log);
}
