/** `npm run log:dump`: the history as lines that a person can read and `grep` can search. */
import { once } from "node:events";
import { parseArgs } from "node:util";
import type { CommitBody, RecordedCommand } from "../log/commit-body.ts";
import { parseCommitBody } from "../log/commit-body.ts";
import type { Commit, LogStore } from "../log/log-store.ts";
import { LogStoreError } from "../log/log-store.ts";
import { markOf } from "../log/mark-of.ts";
import type { LogName, LogPlace } from "../log/open-for-reading.ts";
import { openForReading, placeFrom } from "../log/open-for-reading.ts";

const USAGE = `Prints each stored event as one line: seq, time, actor, command, event, record, data.

  npm run log:dump -- --data DIR [--from SEQ] [--access]
  npm run log:dump -- --mongodb URI [--from SEQ] [--access]

  --from SEQ   begin with this commit (0: the genesis)
  --access     the record of reveals instead of the log
  --help

Exit status: 0 printed, 1 something stored cannot be read, 2 wrong usage or nothing to read.`;

const EXIT = { printed: 0, damaged: 1, notPrinted: 2 } as const;
const READ_BATCH = 500;

interface DumpRequest {
  readonly place: LogPlace;
  readonly from: number;
  readonly name: LogName;
}

type Print = (line: string) => Promise<void>;

export async function dumpCommand(args: readonly string[], print: Print): Promise<number> {
  const request = readRequest(args);
  if (request === "HELP" || request === "WRONG") {
    await print(USAGE);
    return request === "HELP" ? EXIT.printed : EXIT.notPrinted;
  }
  try {
    return await dumpPlace(request, print);
  } catch (error) {
    if (!(error instanceof LogStoreError)) throw error;
    await print(error.message);
    return error.code === "CORRUPT" ? EXIT.damaged : EXIT.notPrinted;
  }
}

function readRequest(args: readonly string[]): DumpRequest | "HELP" | "WRONG" {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        data: { type: "string" },
        mongodb: { type: "string" },
        from: { type: "string", default: "0" },
        access: { type: "boolean", default: false },
        help: { type: "boolean" },
      },
    });
    if (values.help === true) return "HELP";
    const place = placeFrom(values);
    if (place === undefined || !/^\d{1,15}$/.test(values.from)) return "WRONG";
    return { place, from: Number(values.from), name: values.access ? "access" : "commits" };
  } catch {
    return "WRONG"; // parseArgs throws on every option that it does not know
  }
}

async function dumpPlace(request: DumpRequest, print: Print): Promise<number> {
  const { logs, close } = await openForReading(request.place);
  try {
    const log = logs.get(request.name);
    if (log !== undefined) return await dumpLog(log, request.from, print);
    await print(`there is no ${request.name} log`);
    return EXIT.notPrinted;
  } finally {
    await close();
  }
}

async function dumpLog(log: Pick<LogStore, "read">, from: number, print: Print): Promise<number> {
  let exit: number = EXIT.printed;
  const mark = await markOf(log);
  if (mark !== undefined) await print(`# ${mark}`);
  for await (const commit of commitsFrom(log, from)) {
    const parsed = parseCommitBody(commit.body);
    if (!parsed.ok) exit = EXIT.damaged;
    const lines = parsed.ok ? linesOf(commit, parsed.body) : [parsed.message];
    for (const line of lines) await print(`${prefixOf(commit)} ${printable(line)}`);
  }
  return exit;
}

async function* commitsFrom(log: Pick<LogStore, "read">, from: number): AsyncGenerator<Commit> {
  for (let after = from - 1; ; ) {
    const commits = await log.read(after, READ_BATCH);
    yield* commits;
    const last = commits.at(-1);
    if (last === undefined) return;
    after = last.seq;
  }
}

function prefixOf({ seq, at }: Commit): string {
  return `${seq} ${new Date(at).toISOString()}`;
}

function linesOf({ hash }: Commit, { genesis, node, commands }: CommitBody): string[] {
  const { deployment, mode, alg } = genesis ?? {};
  const first = `${node} GENESIS ${deployment} ${mode} ${alg} ${hash}`;
  return [...(genesis === undefined ? [] : [first]), ...commands.flatMap(linesOfCommand)];
}

function linesOfCommand({ actor, kind, events }: RecordedCommand): string[] {
  return events.map(({ type, ref, data }) => {
    return `${actor} ${kind} ${type} ${ref.type}:${ref.id} ${JSON.stringify(data) ?? ""}`;
  });
}

/** What a stranger wrote must not steer the terminal of who reads it. */
function printable(line: string): string {
  return line.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (sign) => {
    return `\\u${(sign.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`;
  });
}

if (import.meta.main) {
  process.stdout.on("error", () => process.exit()); // `| head` has seen enough
  process.exitCode = await dumpCommand(process.argv.slice(2), async (line) => {
    if (!process.stdout.write(`${line}\n`)) await once(process.stdout, "drain");
  });
}
