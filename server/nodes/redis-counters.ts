import type { RedisClient } from "./redis-clients.ts";

/** Nobody waits for a Redis that hangs any longer than this, ms. */
const PATIENCE_MS = 250;
/** After that it counts as away for so long: not every caller has to find out. */
const AWAY_MS = 5_000;
/** A node that was to call and has not said so in the log by then is perhaps dead. */
const CLAIM_MS = 10_000;

/** Redis with an end to its patience. */
function patientRedis(client: RedisClient) {
  let awayUntil = 0;
  return {
    isReady: () => client.isReady && performance.now() >= awayUntil,
    patiently: async <T>(work: Promise<T>): Promise<T> => {
      const late = Promise.withResolvers<never>();
      const timer = setTimeout(() => {
        awayUntil = performance.now() + AWAY_MS;
        late.reject(new Error(`no answer of Redis in ${PATIENCE_MS} ms`));
      }, PATIENCE_MS);
      try {
        return await Promise.race([work, late.promise]);
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

/** What the rate limiter asks of Redis. It takes `isReady` for whether to count in memory instead. */
export function redisCounters(client: RedisClient) {
  const { isReady, patiently } = patientRedis(client);
  return {
    get isReady() {
      return isReady();
    },
    eval: (...args: Parameters<RedisClient["eval"]>) => patiently(client.eval(...args)),
    del: (...args: Parameters<RedisClient["del"]>) => patiently(client.del(...args)),
  };
}

/**
 * Whether this node is the one that does a thing which each of them sees is due, for the next 10 s.
 * Without Redis all of them are: twice is better than never.
 * @param me of this process alone.
 */
export function redisClaims(client: RedisClient, prefix: string, me: string) {
  const { isReady, patiently } = patientRedis(client);
  return async (what: string): Promise<boolean> => {
    if (!isReady()) return true;
    try {
      const options = { expiration: { type: "PX", value: CLAIM_MS }, condition: "NX" } as const;
      const before = await patiently(
        client.set(`${prefix}:claim:${what}`, me, { ...options, GET: true }),
      );
      return before === null || before === me;
    } catch {
      return true;
    }
  };
}
