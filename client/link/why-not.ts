import type { WhyNot } from "../store/connection.ts";
import type { Api } from "./api.ts";

/** So many tries in a row: before, it may be a server that starts. */
const ASK_FROM_TRIES = 2;

/**
 * Asks by HTTP why no WebSocket comes about. A console or wall that only says "connecting" behind a
 * proxy that forbids WebSocket would leave its people guessing.
 */
export async function whyNot(api: Pick<Api, "me">, tries: number): Promise<WhyNot | undefined> {
  if (tries < ASK_FROM_TRIES) return undefined;
  const answer = await api.me();
  if (answer.ok) return "WEBSOCKET_BLOCKED";
  const { status, code } = answer.failure;
  if (status === 0 || status >= 500) return undefined;
  // Our server refuses in words of its own; a page of somebody else has none of its codes.
  return code === "UNREADABLE" || code.startsWith("HTTP_") ? "NOT_OUR_SERVER" : "WEBSOCKET_BLOCKED";
}
