import { createClient } from "@redis/client";

const CONNECT_MS = 2_000;
const PING_MS = 1_000;
/** No answer for so long is a Redis that hangs: the connection is cut, and made anew. */
const SILENT_MS = 4_000;
const LONGEST_PAUSE_MS = 1_000;

/**
 * A connection that comes back by itself, for as long as the process lives. What is asked of it
 * while it is down fails at once: nothing of this program waits for Redis.
 */
export function redisClient(url: string, onTurn: (isUp: boolean, why: unknown) => void) {
  const client = createClient({
    url,
    disableOfflineQueue: true,
    pingInterval: PING_MS,
    maintNotifications: "disabled",
    socket: {
      connectTimeout: CONNECT_MS,
      socketTimeout: SILENT_MS,
      reconnectStrategy: (retries) => Math.min(50 * 2 ** Math.min(retries, 10), LONGEST_PAUSE_MS),
    },
  });
  client.on("ready", () => onTurn(true, undefined));
  client.on("error", (why: unknown) => onTurn(false, why));
  return client;
}

export type RedisClient = ReturnType<typeof redisClient>;

/** The first connection too is one that may take as long as it likes. */
export function beginConnecting(client: RedisClient): void {
  client.connect().catch(() => undefined); // told by the event; the strategy never gives up
}

export function endConnection(client: RedisClient): void {
  if (client.isOpen) client.destroy();
}
