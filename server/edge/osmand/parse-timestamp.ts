/** Below this a number is seconds, from it on milliseconds: Traccar's own rule. */
const FIRST_MS = 2 ** 31;
const PLAIN = /^(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)$/;
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?$/;

/**
 * ms of a time given as seconds, milliseconds, ISO-8601 or `yyyy-MM-dd HH:mm:ss`; the ones without
 * a zone are UTC. Nothing when it is none of these.
 */
export function parseTimestamp(value: unknown): number | undefined {
  const text = typeof value === "number" ? String(value) : value;
  if (typeof text !== "string") return undefined;
  const at = /^\d{1,16}(\.\d+)?$/.test(text) ? fromNumber(Number(text)) : fromText(text.trim());
  return Number.isSafeInteger(at) ? at : undefined;
}

const fromNumber = (n: number): number => Math.round(n < FIRST_MS ? n * 1_000 : n);

function fromText(text: string): number {
  const iso = PLAIN.test(text) ? text.replace(" ", "T") : text;
  if (!ISO.test(iso)) return Number.NaN;
  // Without this a text without a zone would be the server's local time.
  return Date.parse(/(Z|[+-]\d\d:?\d\d)$/.test(iso) ? iso : `${iso}Z`);
}
