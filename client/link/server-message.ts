import {
  type Closing,
  closing,
  type Emergency,
  emergency,
  type Heartbeat,
  type Hello,
  heartbeat,
  hello,
  type Patch,
  patch,
  type Snapshot,
  snapshot,
} from "../../shared/wire/live.ts";

/** Everything the server says over the live channel, after parsing. */
export type ServerMessage =
  | { readonly kind: "hello"; readonly body: Hello }
  | { readonly kind: "snapshot"; readonly body: Snapshot }
  | { readonly kind: "patch"; readonly body: Patch }
  | { readonly kind: "hb"; readonly body: Heartbeat }
  | { readonly kind: "emergency"; readonly body: Emergency }
  | { readonly kind: "closing"; readonly body: Closing };

export type ServerEvent = ServerMessage["kind"];

const SCHEMAS = { hello, snapshot, patch, hb: heartbeat, emergency, closing } as const;

export const SERVER_EVENTS = Object.keys(SCHEMAS) as readonly ServerEvent[];

/** The edge: unknown until a schema has read it. A message that is not understood is undefined. */
export function parseServerMessage(kind: ServerEvent, body: unknown): ServerMessage | undefined {
  const read = SCHEMAS[kind].safeParse(body);
  return read.success ? ({ kind, body: read.data } as ServerMessage) : undefined;
}
