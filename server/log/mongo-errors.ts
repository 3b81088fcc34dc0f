/**
 * What a failed call to MongoDB means for an append: only the server's own refusal proves that
 * nothing was written; silence, a lost connection or a majority that did not answer prove nothing.
 */
import { MongoError, MongoServerError, MongoWriteConcernError } from "mongodb";
import { LogStoreError } from "./log-store.ts";

/** The server began to step down, shut down or ran out of time while it was at it. */
const INTERRUPTED_CODES: ReadonlySet<number> = new Set([
  6, 7, 50, 64, 89, 91, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436,
]);

const NO_ANSWER = "MongoDB: no answer in time";

export function appendErrorFrom(error: unknown): unknown {
  if (isGivenUp(error)) return new LogStoreError("UNCLEAR", NO_ANSWER, { cause: error });
  if (!(error instanceof MongoError)) return error;
  const code = isRefusal(error) ? "UNAVAILABLE" : "UNCLEAR";
  return new LogStoreError(code, `MongoDB: ${error.message}`, { cause: error });
}

export function readErrorFrom(error: unknown): unknown {
  if (isGivenUp(error)) return new LogStoreError("UNAVAILABLE", NO_ANSWER, { cause: error });
  if (!(error instanceof MongoError)) return error;
  return new LogStoreError("UNAVAILABLE", `MongoDB: ${error.message}`, { cause: error });
}

/** What `AbortSignal.timeout` throws. */
const isGivenUp = (error: unknown): boolean =>
  error instanceof DOMException && error.name === "TimeoutError";

function isRefusal(error: MongoError): boolean {
  if (!(error instanceof MongoServerError) || error instanceof MongoWriteConcernError) return false;
  if (error.hasErrorLabel("RetryableWriteError")) return false;
  return !INTERRUPTED_CODES.has(Number(error.code));
}
