import type { Occurred } from "./event.ts";

/** What a sender says about when; all integer ms. */
export interface TimeClaims {
  /** Server time of the last heartbeat the sender had when the command was made; 0 without one. */
  readonly knownAt: number;
  /** Server time of receipt. */
  readonly receivedAt: number;
  /** The device's own wall clock when the command was made. */
  readonly deviceAt?: number | undefined;
  /** ms since the command was made, measured within one page life. */
  readonly ageMs?: number | undefined;
  readonly statedAt?: number | undefined;
}

/**
 * When a reported fact happened: by the age that the page measured, else by the device's clock,
 * every candidate clamped between what the sender last knew of the server's time and the receipt.
 * Where both exist both count: liberty clocks start at the earlier and end at the later one.
 */
export function occurredFrom(claims: TimeClaims): Occurred {
  const { knownAt, receivedAt, deviceAt, ageMs, statedAt } = claims;
  const floor = Math.min(knownAt, receivedAt);
  const clamp = (at: number): number => Math.min(Math.max(at, floor), receivedAt);
  const candidates: number[] = [];
  if (ageMs !== undefined) candidates.push(clamp(receivedAt - ageMs));
  // A floor of 0 means a sender that never heard of us: its own clock is then no evidence.
  if (deviceAt !== undefined && floor > 0) candidates.push(clamp(deviceAt));
  if (candidates.length === 0) candidates.push(receivedAt);
  return {
    earliest: Math.min(...candidates),
    latest: Math.max(...candidates),
    ...(statedAt === undefined ? {} : { statedAt }),
  };
}
