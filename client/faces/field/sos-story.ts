import type { PutRecord } from "../../../shared/wire/live.ts";
import type { HeldItem } from "../../link/outbox-item.ts";
import { isOf } from "../../link/outbox-queue.ts";
import type { StoredRecord } from "../../store/dto.ts";
import type { RecordMaps } from "../../store/records.ts";
import { isUnrecorded, madeAt } from "./sent.ts";
import { receiptsOf, type SosReceipts } from "./sos-receipts.ts";
import { incidentOf, isNamedBy, isOfSender, type NameOf, namedIn } from "./stage.ts";

/** One line of what happened to a call for help; `at` only where it is known. */
export interface SosLine {
  readonly what:
    | "saved"
    | "journalled"
    | "stored"
    | "seen"
    | "acknowledged"
    | "responding"
    | "police"
    | "policeAnswered";
  readonly done: boolean;
  readonly by?: string;
  readonly at?: number;
  /** Words of the domain, e.g. the state of the police request. */
  readonly state?: string;
}

export interface SosStory {
  /** When the button was held, by this phone's clock. */
  readonly pressedAt: number;
  readonly lines: readonly SosLine[];
  readonly acknowledged: boolean;
  /** 身份待核: the desks see that no session stood behind it. */
  readonly unverified: boolean;
  readonly incident: StoredRecord<"incident"> | undefined;
  /** What the server said when it did not take the command; the call itself goes on. */
  readonly refused: HeldItem["stage"] | undefined;
  readonly cancelAsked: boolean;
  readonly ended: boolean;
  /** Its alarm was seen closed, and left this phone's records. */
  readonly over: boolean;
}

/** FLD-5: everything that happened to a call for help, from the outbox and the records alone. */
export function sosStory(
  item: HeldItem,
  maps: RecordMaps,
  nameOf: NameOf,
  cursorSeq: number,
  closed: readonly PutRecord[],
): SosStory {
  const incident = incidentOf(item, maps);
  const receipts = receiptsOf(item, incident);
  const inLog = incident?.dto.journalled !== true;
  const stored = item.stage.kind === "server" || (incident !== undefined && inLog);
  const journalled = !stored && (item.stage.kind === "journal" || incident !== undefined);
  return {
    pressedAt: madeAt(item),
    lines: [
      // Durable on the server says more than saved on a phone.
      { what: "saved", done: item.disk === "saved" || stored || journalled, at: madeAt(item) },
      ...(journalled ? [journalledLine(item)] : []),
      storedLine(item, stored),
      ...receiptLines(receipts, nameOf),
      { what: "responding", done: RESPONDED.has(incident?.dto.state ?? "") },
      ...policeLines(incident, maps),
    ],
    acknowledged: receipts.acknowledged !== undefined,
    unverified: incident?.dto.unverified === true,
    incident,
    refused: item.stage.kind === "refused" ? item.stage : undefined,
    cancelAsked: cancelRequestedAt(incident) !== undefined,
    ended: incident?.dto.state === "RESOLVED" || incident?.dto.state === "FALSE_ALARM",
    over: isGone(item, incident, cursorSeq) && endOf(item, closed) !== undefined,
  };
}

/** Stored, and not (or no more) in the records although they have come as far as its commit. */
export const isGone = (
  item: HeldItem,
  incident: StoredRecord<"incident"> | undefined,
  cursorSeq: number,
): boolean =>
  incident === undefined && item.stage.kind === "server" && !isUnrecorded(item, cursorSeq);

/**
 * The closed record of its alarm. That the alarm is not among the live ones is no proof: it may be
 * missing for a reason that ends no danger (SOSR-22).
 */
export const endOf = (item: HeldItem, closed: readonly PutRecord[]): PutRecord | undefined =>
  closed.find((put) => {
    if (put.type !== "incident") return false;
    const record = put as unknown as StoredRecord<"incident">;
    return isNamedBy(record, item) || (lostIds(record) && isOfSender(record, item));
  });

/** A flood pushed ids out: it may have been of a call that it does not name. */
const lostIds = ({ dto }: StoredRecord<"incident">): boolean =>
  (dto.repeats ?? 0) >= (dto.commandIds?.length ?? 0);

/** Somebody has been sent, and what came after that. */
const RESPONDED: ReadonlySet<string> = new Set(["RESPONDING", "CONTROLLED", "RESOLVED"]);

const journalledLine = ({ stage }: HeldItem): SosLine => ({
  what: "journalled",
  done: true,
  ...(stage.kind === "journal" && stage.at !== undefined ? { at: stage.at } : {}),
});

const storedLine = (item: HeldItem, done: boolean): SosLine => ({
  what: "stored",
  done,
  ...(item.stage.kind === "server" && item.stage.at !== undefined ? { at: item.stage.at } : {}),
});

function receiptLines({ acknowledged, seenBy }: SosReceipts, nameOf: NameOf): readonly SosLine[] {
  const seen = seenBy.map(
    (hand): SosLine => ({
      what: "seen",
      done: true,
      by: namedIn(hand) ?? nameOf(hand),
      ...(hand.at === undefined ? {} : { at: hand.at }),
    }),
  );
  return [
    // Whoever acknowledged has seen it: an empty "seen" line would look like a missing step.
    ...(seen.length > 0 || acknowledged ? seen : [{ what: "seen", done: false } as const]),
    acknowledged
      ? {
          what: "acknowledged",
          done: true,
          by: namedIn(acknowledged) ?? nameOf(acknowledged),
          ...(acknowledged.at === undefined ? {} : { at: acknowledged.at }),
        }
      : { what: "acknowledged", done: false },
  ];
}

function policeLines(
  incident: StoredRecord<"incident"> | undefined,
  maps: RecordMaps,
): readonly SosLine[] {
  const id = incident?.dto.policeRequestId;
  if (id === undefined) return [{ what: "police", done: false }];
  const request = maps.police.get(id);
  const sentAt = request?.dto.sentAt ?? incident?.dto.reportedAt;
  const opened: SosLine = {
    what: "police",
    done: true,
    ...(sentAt === undefined ? {} : { at: sentAt }),
  };
  const answers = (request?.dto.answers ?? []).map(
    ({ state, saidBy, at }): SosLine => ({
      what: "policeAnswered",
      done: true,
      ...(saidBy === undefined ? {} : { by: saidBy }),
      ...(at === undefined ? {} : { at }),
      ...(state === undefined ? {} : { state }),
    }),
  );
  return [opened, ...answers];
}

/** The projection says when; the stored record's own shape has the reason beside it. */
export function cancelRequestedAt(
  incident: StoredRecord<"incident"> | undefined,
): number | undefined {
  const { cancelRequestedAt: at } = (incident?.dto ?? {}) as {
    readonly cancelRequestedAt?: number;
  };
  return at ?? incident?.dto.cancelRequested?.at;
}

/** From this age on without a named person, the screen offers the telephone too. */
export const CALL_AFTER_MS = 10_000;

/**
 * The call that the screen is about: the last one made here by whose phone it is now, `owner`. As
 * long as nobody knows that, of anybody (SOSR-23).
 */
export const latestSos = (
  items: readonly HeldItem[],
  owner: string | undefined,
): HeldItem | undefined =>
  items
    .filter((item) => item.envelope.kind === "incident.sos")
    .filter((item) => owner === undefined || isOf(item, owner))
    .at(-1);
