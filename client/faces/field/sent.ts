import { type HeldItem, isWaiting } from "../../link/outbox-item.ts";

/** Commands that this phone hands in by itself; a person is not shown them as his own. */
const AUTOMATIC: ReadonlySet<string> = new Set(["message.deliver", "message.read"]);

export const isByHand = (item: HeldItem): boolean => !AUTOMATIC.has(item.envelope.kind);

/**
 * Not in the records yet: waiting, or stored in a commit that the cursor has not reached. Refused
 * ones are no longer on their way.
 */
export const isUnrecorded = (item: HeldItem, cursorSeq: number): boolean =>
  isWaiting(item) || (item.stage.kind === "server" && item.stage.seq > cursorSeq);

export const isAbout = (item: HeldItem, ref: { type: string; id: string }): boolean =>
  item.envelope.ref.type === ref.type && item.envelope.ref.id === ref.id;

/** When it was made, by this phone's clock. */
export const madeAt = ({ envelope }: HeldItem): number => envelope.deviceAt ?? envelope.knownAt;

/** What the line on the home screen says: how many wait, since when, and whether any came back. */
export interface OutboxSummary {
  readonly waiting: number;
  readonly oldestAt: number | undefined;
  readonly refused: number;
  readonly stored: number;
}

export function outboxSummary(items: readonly HeldItem[]): OutboxSummary {
  const mine = items.filter(isByHand);
  const waiting = mine.filter(({ stage }) => stage.kind === "waiting");
  return {
    waiting: waiting.length,
    oldestAt: waiting.length > 0 ? Math.min(...waiting.map(madeAt)) : undefined,
    refused: mine.filter((item) => item.stage.kind === "refused").length,
    stored: mine.filter(({ stage }) => stage.kind === "server" || stage.kind === "journal").length,
  };
}
