import type { CommandAnswer } from "../../shared/wire/command.ts";
import {
  type HeldItem,
  isWaiting,
  type OutboxItem,
  type OutboxStage,
  recordKey,
} from "./outbox-item.ts";
import type { Delivery } from "./roads.ts";

/** Who may hand in: the officer who is signed in, and whoever has a key here for calls for help. */
export interface Hands {
  readonly signedIn: string | undefined;
  readonly hasKey: (owner: string | undefined) => boolean;
}

/** What is on its way or resting, by item id. */
export interface QueueClock {
  readonly now: number;
  /** Monotonic ms before which an item is not tried again. */
  readonly restUntil: ReadonlyMap<string, number>;
  readonly inFlight: ReadonlySet<string>;
}

/** A thin link carries a few at once; more would only delay each other. */
const MOST_AT_ONCE = 4;

/**
 * What to hand in now. Within a record strictly in order; different records side by side; an SOS
 * goes at once, before everything and beyond the limit.
 */
export function dueItems(
  items: readonly HeldItem[],
  { signedIn, hasKey }: Hands,
  { now, restUntil, inFlight }: QueueClock,
): readonly HeldItem[] {
  const mine = items.filter(
    (item) => isWaiting(item) && (isOf(item, signedIn) || (item.urgent && hasKey(item.owner))),
  );
  const ready = (item: HeldItem) =>
    !inFlight.has(item.id) && (restUntil.get(item.id) ?? Number.NEGATIVE_INFINITY) <= now;
  const urgent = mine.filter((item) => item.urgent && ready(item));
  const flying = mine.filter((item) => !item.urgent && inFlight.has(item.id)).length;
  const rest = heads(mine.filter((item) => !item.urgent)).filter(
    (item) => item.disk !== "saving" && ready(item),
  );
  return [...urgent, ...rest.slice(0, Math.max(0, MOST_AT_ONCE - flying))];
}

/** The first waiting item of each record, oldest first. */
function heads(items: readonly HeldItem[]): HeldItem[] {
  const first = new Map<string, HeldItem>();
  for (const item of [...items].sort((a, b) => a.order - b.order)) {
    const key = recordKey(item);
    if (!first.has(key)) first.set(key, item);
  }
  return [...first.values()];
}

/** Made by nobody known: whoever signs in first hands it in. */
export const isOf = (item: OutboxItem, owner: string | undefined): boolean =>
  item.owner === undefined || item.owner === owner;

/**
 * The item after one attempt. Only an answer of the server ends the waiting; that its emergency
 * journal has it is no end, the log has to name the commit.
 */
export function afterDelivery<T extends OutboxItem>(item: T, delivery: Delivery): T {
  // A record of the log may have named it while this answer was on its way: no stage goes back.
  if (item.stage.kind === "server") return item;
  switch (delivery.kind) {
    case "none":
      return { ...item, tries: item.tries + 1 };
    case "unreadable": {
      // A proxy may have said that, and what it blocks now it lets through later: SOSR-18.
      if (item.urgent) return { ...item, tries: item.tries + 1 };
      const { code, message } = delivery.failure;
      const refusal = { code, ...(message ? { message } : {}) };
      return ended(item, { kind: "refused", refusal });
    }
    case "answer":
      return afterAnswer(item, delivery.answer);
  }
}

function afterAnswer<T extends OutboxItem>(item: T, answer: CommandAnswer): T {
  const { outcome, seq, at, joined, refusal } = answer;
  if (outcome === "JOURNALLED") {
    return { ...item, tries: item.tries + 1, stage: { kind: "journal", at } };
  }
  return ended(
    item,
    outcome === "ACCEPTED"
      ? { kind: "server", seq, at, ...(joined === undefined ? {} : { joined }) }
      : { kind: "refused", refusal: refusal ?? { code: "UNKNOWN" } },
  );
}

/** What is over keeps no identity on this phone. */
function ended<T extends OutboxItem>(item: T, stage: OutboxStage): T {
  const { subject: _subject, ...rest } = item;
  return { ...rest, stage } as T;
}

const LONGEST_REST_MS = 30_000;
const LONGEST_URGENT_REST_MS = 2_000;
/** It rings already and is kept: no hurry, but it is asked after until the log has it. */
const JOURNALLED_REST_MS = 10_000;

/** 1 → 2 → 4 … 30 s ± 50 %; an SOS never rests longer than 2 s. Tried for ever. */
export function restMs(item: OutboxItem, random: number): number {
  if (item.stage.kind === "journal") return Math.round(JOURNALLED_REST_MS * (0.5 + random));
  const most = item.urgent ? LONGEST_URGENT_REST_MS : LONGEST_REST_MS;
  const base = Math.min(most, 1_000 * 2 ** Math.min(Math.max(0, item.tries - 1), 10));
  return Math.min(most, Math.round(base * (0.5 + random)));
}

/** Stored ones are shown for a while, then make room; refusals stay until a person removes them. */
const SHOWN_STORED = 30;

/** Ids of stored items that need not be kept any more. */
export function outlived(items: readonly OutboxItem[]): readonly string[] {
  const stored = items.filter((item) => item.stage.kind === "server");
  return stored
    .sort((a, b) => b.order - a.order)
    .slice(SHOWN_STORED)
    .map((item) => item.id);
}
