/** `npm run log:verify`: is the stored history the one that was written? */
import { parseArgs } from "node:util";
import type { LogStore } from "../log/log-store.ts";
import { LogStoreError } from "../log/log-store.ts";
import type { LogName, LogPlace } from "../log/open-for-reading.ts";
import { openForReading, placeFrom } from "../log/open-for-reading.ts";
import type { ExpectedHead } from "../log/verify-chain.ts";
import { verifyChain } from "../log/verify-chain.ts";

const USAGE = `Checks every hash of the stored history, of the log and of the record of reveals.
It changes nothing and may run while the server runs.

  npm run log:verify -- --data DIR       DIR/log.db and DIR/access.db
  npm run log:verify -- --mongodb URI    the collections commits and access

  --expect SEQ:HASH   the log must hold this commit; give a head that was written down earlier,
                      because a log cut at its end is a sound chain too (may be repeated)
  --help

Exit status: 0 verified, 1 not the history that was written, 2 wrong usage or nothing to read.`;

const EXIT = { verified: 0, damaged: 1, notChecked: 2 } as const;

interface VerifyRequest {
  readonly place: LogPlace;
  readonly expected: readonly ExpectedHead[];
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
        help: { type: "boolean" },
      },
    });
    if (values.help === true) return "HELP";
    const place = placeFrom(values);
    const heads = (values.expect ?? []).map(readHead);
    const expected = heads.filter((head) => head !== undefined);
    if (place === undefined || expected.length < heads.length) return "WRONG";
    return { place, expected };
  } catch {
    return "WRONG"; // parseArgs throws on every option that it does not know
  }
}

function readHead(text: string): ExpectedHead | undefined {
  const match = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text);
  return match === null ? undefined : { seq: Number(match[1]), hash: match[2] ?? "" };
}

interface Verdict {
  readonly exit: number;
  readonly lines: readonly string[];
}

/** Damage is looked at twice: a server that starts in between moves what an idle file held still. */
async function verifyPlace(request: VerifyRequest): Promise<Verdict> {
  const lines: string[] = [];
  try {
    const { logs, close } = await openForReading(request.place);
    try {
      let exit: number = EXIT.verified;
      for (const [name, log] of logs) {
        const expected = name === "commits" ? request.expected : [];
        const sound = await verifyLog(name, log, expected, (line) => lines.push(line));
        if (!sound) exit = EXIT.damaged;
      }
      return { exit, lines };
    } finally {
      await close();
    }
  } catch (error) {
    if (!(error instanceof LogStoreError)) throw error;
    const exit = error.code === "CORRUPT" ? EXIT.damaged : EXIT.notChecked;
    return { exit, lines: [...lines, error.message] };
  }
}

async function verifyLog(
  name: LogName,
  log: Pick<LogStore, "read">,
  expected: readonly ExpectedHead[],
  print: (line: string) => void,
): Promise<boolean> {
  const label = name === "commits" ? "" : `${name}: `;
  const report = await verifyChain(log.read, expected);
  if (!report.ok) {
    print(`${label}${report.message}`);
    return false;
  }
  if (report.count === 0) {
    print(`${label}commit 0: missing (the log is empty)`);
    return false;
  }
  print(`${label}verified ${report.count} commits, head ${report.head}`);
  return true;
}

if (import.meta.main) {
  process.exitCode = await verifyCommand(process.argv.slice(2), console.log);
}
