/**
 * Reads a trace of `strace -f -y -v` and tells of each acknowledgement on the wire whether a
 * successful sync that covers its commit came before. A kill proves nothing about power loss: the
 * page cache survives it. This order does, as far as the disk tells the truth.
 */
export interface FsyncOrder {
  /** Ids whose acknowledgement was written, in order, each once. */
  readonly acknowledged: readonly string[];
  /** Those of them that no sync covered when the first byte of the answer was written. */
  readonly uncovered: readonly string[];
}

/** What `strace` must be told. 4,200 bytes are more than a page of the WAL with its header. */
export const straceArgs = (traceFile: string): readonly string[] => [
  ...["strace", "-D", "-f", "-y", "-v", "-s", "4200", "-o", traceFile],
  ...["-e", "trace=fsync,fdatasync,write,writev,sendto,sendmsg,pwrite64"],
];

interface Call {
  readonly name: string;
  /** File, socket or pipe behind the descriptor. */
  readonly target: string;
  readonly text: string;
  /** Number of the line at which it began, and at which it had returned. */
  readonly begin: number;
  readonly end: number;
  readonly ok: boolean;
}

interface Ack {
  /** Id of the command whose commit the answer promises. */
  readonly promised: string;
  readonly call: Call;
}

const BEGIN = /^(\d+) +(\w+)\(\d+<([^>]*)>/;
const RESUMED = /^(\d+) +<\.\.\. (\w+) resumed>/;
const UNFINISHED = "<unfinished ...>";
/** One that joined another promises the commit of that one. */
const ANSWER =
  /\{\\"id\\":\\"([\w.:-]+)\\",\\"outcome\\":\\"([A-Z]+)\\"(?:[^{}]*\\"joined\\":\\"([\w.:-]+)\\")?/g;
/** Clients' ids are UUIDs. In a page of an index one may stand right behind other letters. */
const ID = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g;

/**
 * @param file end of the names of the files into which is written what the answer promises.
 * @param outcome the word of the answers that promise it.
 */
export function fsyncOrder(
  trace: string,
  file: string,
  outcome: "ACCEPTED" | "JOURNALLED",
): FsyncOrder {
  const calls = callsIn(trace);
  const written = firstWrites(calls, file);
  const syncs = calls.filter(
    ({ name, target, ok }) => /sync$/.test(name) && ok && target.endsWith(file),
  );
  const isCovered = ({ promised, call: ack }: Ack): boolean => {
    const commit = written.get(promised);
    if (!commit) return false;
    return syncs.some(
      (sync) => sync.target === commit.target && sync.begin > commit.end && sync.end < ack.begin,
    );
  };
  const acks = firstAcks(calls, file, outcome);
  return {
    acknowledged: [...acks.keys()],
    uncovered: [...acks].filter(([, ack]) => !isCovered(ack)).map(([id]) => id),
  };
}

function callsIn(trace: string): readonly Call[] {
  const calls: Call[] = [];
  const open = new Map<string, Call>();
  for (const [i, line] of trace.split("\n").entries()) {
    const [, resumed = ""] = RESUMED.exec(line) ?? [];
    const begun = open.get(resumed);
    if (begun) {
      open.delete(resumed);
      calls.push({ ...begun, text: begun.text + line, end: i, ok: returnedWell(line) });
      continue;
    }
    const [, pid = "", name = "", target = ""] = BEGIN.exec(line) ?? [];
    if (name === "") continue;
    const call = { name, target, text: line, begin: i, end: i, ok: returnedWell(line) };
    if (line.endsWith(UNFINISHED))
      open.set(pid, { ...call, end: Number.POSITIVE_INFINITY, ok: false });
    else calls.push(call);
  }
  // What never returned still began: an acknowledgement whose writer was killed counts.
  return [...calls, ...open.values()];
}

const returnedWell = (line: string): boolean => /\) += \d+$/.test(line);

/** Where each id was first written: in its commit, or in the page of an index that goes with it. */
function firstWrites(calls: readonly Call[], file: string): ReadonlyMap<string, Call> {
  const first = new Map<string, Call>();
  const writes = calls.filter(({ target, ok }) => ok && target.endsWith(file));
  for (const call of writes.toSorted((a, b) => a.end - b.end)) {
    for (const [id] of call.text.matchAll(ID)) if (!first.has(id)) first.set(id, call);
  }
  return first;
}

function firstAcks(
  calls: readonly Call[],
  file: string,
  outcome: string,
): ReadonlyMap<string, Ack> {
  const first = new Map<string, Ack>();
  const answers = calls.filter(({ target }) => !target.endsWith(file));
  for (const call of answers.toSorted((a, b) => a.begin - b.begin)) {
    for (const [, id = "", said, joined] of call.text.matchAll(ANSWER))
      if (said === outcome && !first.has(id)) first.set(id, { promised: joined ?? id, call });
  }
  return first;
}
