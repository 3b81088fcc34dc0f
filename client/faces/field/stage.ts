import type { HeldItem } from "../../link/outbox-item.ts";
import type { StoredRecord } from "../../store/dto.ts";
import type { RecordMaps } from "../../store/records.ts";
import type { Stage } from "../../ui/StageBadge.tsx";
import { receiptsOf, type SosReceipts } from "./sos-receipts.ts";

/** A name to show for an officer or court id; undefined when this phone does not know it. */
export type NameOf = (who: {
  readonly officerId?: string | undefined;
  readonly courtId?: string | undefined;
}) => string;

/** `saving`: for a moment. `unsaved`: this browser keeps nothing, it is only in this page. */
export type TrueStage = Stage | { readonly kind: "saving" } | { readonly kind: "unsaved" };

type Receipt = Extract<Stage, { kind: "seen" | "acknowledged" }>;

/**
 * FLD-6: a stage is shown once the server has said so, never before. "Stored" comes from its answer
 * or from a record that names the command; "seen" and "acknowledged" from its records alone.
 */
export function stageOf(item: HeldItem, maps: RecordMaps, nameOf: NameOf): TrueStage {
  if (item.stage.kind === "refused") return { kind: "refused" };
  const receipt = receiptOf(item, maps, nameOf);
  if (receipt) return receipt;
  return storedStage(item, maps) ?? { kind: ON_DISK[item.disk] };
}

/** In the log, or in the emergency journal until the log has it. */
function storedStage(item: HeldItem, maps: RecordMaps): TrueStage | undefined {
  const { stage } = item;
  if (stage.kind === "server") return { kind: "server", at: stage.at };
  const incident = incidentOf(item, maps);
  const at = stage.kind === "journal" ? stage.at : undefined;
  // A record of the log names it although no answer came.
  if (incident && incident.dto.journalled !== true) return { kind: "server", at };
  return incident || stage.kind === "journal" ? { kind: "journal", at } : undefined;
}

const ON_DISK = { saving: "saving", saved: "phone", failed: "unsaved" } as const;

type Call = Pick<HeldItem, "id" | "envelope" | "stage" | "owner">;

/** The incident that an SOS command opened or joined, as the server says it. */
export function incidentOf(item: Call, maps: RecordMaps): StoredRecord<"incident"> | undefined {
  if (item.envelope.kind !== "incident.sos") return undefined;
  const incidents = [...maps.incident.values()];
  return (
    incidents.find((record) => isNamedBy(record, item)) ??
    incidents.find((record) => isOpen(record) && isOfSender(record, item))
  );
}

export function isNamedBy({ dto }: StoredRecord<"incident">, { id, stage }: Call): boolean {
  const known = (stage.kind === "server" ? stage.joined : undefined) ?? id;
  return dto.commandIds?.includes(known) === true;
}

/**
 * SOSR-21: a record keeps the first and the last ids of a flood (SOSR-10), so it may not name this
 * call any more. An officer has one open alarm at a time, and what the server has stored of his stands
 * in it, unless it was raised only after this call. Only once it is stored: before that, an open
 * alarm of his says nothing about this call (INV-6).
 */
export function isOfSender({ dto }: StoredRecord<"incident">, { owner, stage }: Call): boolean {
  if (stage.kind !== "server" || owner === undefined) return false;
  // Both are server times.
  const later = (dto.reportedAt ?? 0) > (stage.at ?? Number.POSITIVE_INFINITY);
  return dto.sos === true && dto.reporterId === owner && !later;
}

const ENDED: ReadonlySet<string> = new Set(["RESOLVED", "REVIEWED", "FALSE_ALARM"]);
const isOpen = ({ dto }: StoredRecord<"incident">): boolean => !ENDED.has(dto.state ?? "");

function receiptOf(item: HeldItem, maps: RecordMaps, nameOf: NameOf): Receipt | undefined {
  const { kind, ref } = item.envelope;
  switch (kind) {
    case "incident.sos":
      return sosReceipt(receiptsOf(item, incidentOf(item, maps)), nameOf);
    case "message.send":
      return messageReceipt(maps.message.get(ref.id), nameOf);
    case "police.send":
      return policeReceipt(maps.police.get(ref.id));
    default:
      return undefined;
  }
}

function sosReceipt({ acknowledged, seenBy }: SosReceipts, nameOf: NameOf): Receipt | undefined {
  if (acknowledged?.at !== undefined) {
    const by = namedIn(acknowledged) ?? nameOf(acknowledged);
    return { kind: "acknowledged", by, at: acknowledged.at };
  }
  const seen = seenBy.at(-1);
  return seen ? { kind: "seen", by: namedIn(seen) ?? nameOf(seen) } : undefined;
}

/** The projection of an incident adds surname and title of the person, which the record has not. */
export function namedIn(hand: object): string | undefined {
  const { name } = hand as { readonly name?: unknown };
  return typeof name === "string" ? name : undefined;
}

function messageReceipt(
  message: StoredRecord<"message"> | undefined,
  nameOf: NameOf,
): Receipt | undefined {
  if (message?.dto.state !== "READ") return undefined;
  return {
    kind: "seen",
    by: nameOf({ officerId: message.dto.readBy, courtId: message.dto.toCourtId }),
  };
}

/** The police officer who answered on the telephone, as the duty desk typed his name. */
function policeReceipt(request: StoredRecord<"police"> | undefined): Receipt | undefined {
  const answer = request?.dto.answers?.find(
    ({ state }) => state !== undefined && state !== "DECLINED",
  );
  if (answer?.saidBy === undefined || answer.at === undefined) return undefined;
  return { kind: "acknowledged", by: answer.saidBy, at: answer.occurredAt ?? answer.at };
}
