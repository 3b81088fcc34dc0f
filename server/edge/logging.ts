/**
 * The operator's log. It holds no personal data because only the fields named here are ever
 * written: what is not on the list is dropped, and its name said instead.
 */
import { type DestinationStream, type Logger, pino } from "pino";

/** Ids, counts, states and times; never a name, a text, a body, a URL. */
const ALLOWED: ReadonlySet<string> = new Set([
  "area",
  "code",
  "count",
  "courtId",
  "deviceId",
  "deployment",
  "err",
  "file",
  "host",
  "kind",
  "method",
  "mode",
  "ms",
  "officerId",
  "origins",
  "outcome",
  "port",
  "reasons",
  "route",
  "seat",
  "seq",
  "session",
  "signal",
  "status",
  "store",
  "version",
]);

export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }), log: allowedOnly },
    serializers: { err: errorWithoutContent },
  };
  return destination ? pino(options, destination) : pino(options);
}

function allowedOnly(fields: Record<string, unknown>): Record<string, unknown> {
  const names = Object.keys(fields);
  const kept = names.filter((name) => ALLOWED.has(name)).map((name) => [name, fields[name]]);
  const dropped = names.filter((name) => !ALLOWED.has(name));
  return { ...Object.fromEntries(kept), ...(dropped.length > 0 ? { dropped } : {}) };
}

/**
 * Name, code and place of an error. Not its message: a parser quotes what it could not read, a
 * driver its connection string.
 */
function errorWithoutContent(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { name: typeof error };
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return {
    name: error.name,
    ...("code" in error && typeof error.code === "string" ? { code: error.code } : {}),
    at: frames.slice(0, 8).map((line) => line.trim()),
    ...(error.cause === undefined ? {} : { cause: errorWithoutContent(error.cause) }),
  };
}
