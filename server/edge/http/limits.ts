/**
 * Rate limits, in memory of this process, or of several nodes together in Redis. They slow down
 * guessing and flooding; none of them is ever asked about a call for help.
 */
import { isIPv6 } from "node:net";
import type { RateLimiterAbstract } from "rate-limiter-flexible";
import RateLimiterMemory from "rate-limiter-flexible/lib/RateLimiterMemory.js";
import RateLimiterRedis from "rate-limiter-flexible/lib/RateLimiterRedis.js";
import RateLimiterRes from "rate-limiter-flexible/lib/RateLimiterRes.js";
import { SOS_KIND } from "../../../shared/wire/sos.ts";

interface Limit {
  /** Takes one; ms to wait when there is none left. `tripped` says it ran out just now. */
  take(key: string): Promise<{ readonly waitMs: number; readonly tripped: boolean }>;
  /** Gives one back. */
  giveBack(key: string): Promise<void>;
  clear(key: string): Promise<void>;
}

export interface Limits {
  /** Failed sign-ins of one login from one address. */
  readonly signInPair: Limit;
  /** Of one login from wherever: slows a distributed guess without locking the person out at once. */
  readonly signInLogin: Limit;
  /** Of one address: a court's people may share one. */
  readonly signInAddress: Limit;
  readonly enrolAddress: Limit;
  /** Keys for calls for help of one officer: a page enrols its own each time it opens. */
  readonly enrolSosKey: Limit;
  /** Records of a wrong signature, per key; the refusals themselves are not limited. */
  readonly forgedSos: Limit;
  /** Commands of one person. */
  readonly command: Limit;
  /** Looks at personal data by one person. */
  readonly reveal: Limit;
  /** Accounts of observers made by one person: each costs the work of a password. */
  readonly observerAccount: Limit;
  /** Looks at everybody's past by one person, who drags through it. */
  readonly replay: Limit;
  /** Windows of past state of one person: each may cost a second of work. */
  readonly replayState: Limit;
}

/** Ms that this person has to wait before a command of this kind; the same budget on every road. */
export async function commandWait(
  { command }: Pick<Limits, "command">,
  officerId: string,
  kind: string | undefined,
): Promise<number> {
  return kind === SOS_KIND ? 0 : (await command.take(officerId)).waitMs;
}

const QUARTER_HOUR_S = 900;

/** Counters that several nodes share. */
export interface SharedCounters {
  /** A client of Redis, as the limiter takes it. */
  readonly client: unknown;
  /** Before the names of all counters of this log. */
  readonly prefix: string;
}

export function createLimits(shared?: SharedCounters): Limits {
  const limit = (points: number, duration: number, name: string) =>
    limitOn(shared ? inRedis(shared, name, points, duration) : inMemory(points, duration), points);
  return {
    signInPair: limit(5, QUARTER_HOUR_S, "signInPair"),
    signInLogin: limit(20, QUARTER_HOUR_S, "signInLogin"),
    signInAddress: limit(50, QUARTER_HOUR_S, "signInAddress"),
    enrolAddress: limit(10, QUARTER_HOUR_S, "enrolAddress"),
    enrolSosKey: limit(60, QUARTER_HOUR_S, "enrolSosKey"),
    // Asked on the road of a call for help: never beyond this process.
    forgedSos: limitOn(inMemory(1, 600), 1),
    command: limit(100, 10, "command"),
    reveal: limit(60, 600, "reveal"),
    observerAccount: limit(20, QUARTER_HOUR_S, "observerAccount"),
    replay: limit(120, 10, "replay"),
    replayState: limit(60, 60, "replayState"),
  };
}

const inMemory = (points: number, duration: number): RateLimiterAbstract =>
  new RateLimiterMemory({ points, duration });

/**
 * Redis that is away or says nothing is replaced by memory, at once or after a moment: each node then
 * counts for itself.
 */
function inRedis(
  { client, prefix }: SharedCounters,
  name: string,
  points: number,
  duration: number,
): RateLimiterAbstract {
  return new RateLimiterRedis({
    storeClient: client,
    useRedisPackage: true,
    rejectIfRedisNotReady: true,
    keyPrefix: `${prefix}:limit:${name}`,
    points,
    duration,
    insuranceLimiter: inMemory(points, duration),
  });
}

function limitOn(limiter: RateLimiterAbstract, points: number): Limit {
  return {
    take: async (key) => {
      try {
        await limiter.consume(key);
        return { waitMs: 0, tripped: false };
      } catch (rejected) {
        if (!(rejected instanceof RateLimiterRes)) throw rejected;
        const { msBeforeNext, consumedPoints } = rejected;
        return { waitMs: Math.max(1, msBeforeNext), tripped: consumedPoints === points + 1 };
      }
    },
    giveBack: async (key) => {
      await limiter.reward(key);
    },
    clear: async (key) => {
      await limiter.delete(key);
    },
  };
}

/** One key per caller: IPv6 hosts own a whole /64, and IPv4 may come in IPv6 clothes. */
export function addressKey(address: string): string {
  const v4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (v4 !== undefined) return v4;
  if (!isIPv6(address)) return address;
  const [head = "", tail] = address.split("::");
  const left = head.split(":").filter(Boolean);
  const right = (tail ?? "").split(":").filter(Boolean);
  const gap = tail === undefined ? 0 : 8 - left.length - right.length;
  return [...left, ...Array.from({ length: gap }, () => "0"), ...right].slice(0, 4).join(":");
}
