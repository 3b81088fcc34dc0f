import type { StoredRecord } from "../../../store/dto.ts";

type Order = StoredRecord<"order">["dto"];
export type ReceiptDto = NonNullable<Order["receipts"]>[number];

/** What the issuer says to one recipient; with several it stands beside that one. */
export const BY_RECIPIENT: ReadonlySet<string> = new Set([
  "order.accept",
  "order.return",
  "order.answerReconsideration",
  "order.recall",
]);

const BY_STATE: Readonly<Record<string, readonly string[]>> = {
  ISSUED: ["order.sign"],
  DELIVERED: ["order.sign"],
  SIGNED: ["order.progress", "order.feedback"],
  IN_PROGRESS: ["order.feedback"],
  RETURNED: ["order.progress", "order.feedback"],
  FEEDBACK: [],
  ACCEPTED: [],
};

/** Forces that were accepted and have not been ordered home. */
export const isOut = ({ state, forces, recalled }: ReceiptDto): boolean =>
  state === "ACCEPTED" && (forces?.length ?? 0) > 0 && recalled === undefined;

/** What comes next at one recipient, for whoever looks: the recipient does, the issuer judges. */
export function receiptActs(dto: Order, receipt: ReceiptDto, courtId: string): readonly string[] {
  if (receipt.revoked || dto.state === "REVOKED" || dto.state === "SUPERSEDED") return [];
  if (receipt.courtId === courtId) return BY_STATE[receipt.state] ?? [];
  if (dto.courtId !== courtId) return [];
  const asked = receipt.reconsideration;
  return [
    ...(receipt.state === "FEEDBACK" ? ["order.accept", "order.return"] : []),
    ...(asked && !asked.answer && receipt.state !== "ACCEPTED"
      ? ["order.answerReconsideration"]
      : []),
    ...(isOut(receipt) ? ["order.recall"] : []),
  ];
}

/** What goes along unasked: which recipient, and which feedback was read (ORD-17). */
export function receiptPayload(
  kind: string,
  receipt: ReceiptDto,
): Readonly<Record<string, unknown>> {
  if (!BY_RECIPIENT.has(kind)) return {};
  const feedbackAt = receipt.steps.at(-1)?.at;
  return kind === "order.accept" || kind === "order.return"
    ? { courtId: receipt.courtId, ...(feedbackAt === undefined ? {} : { feedbackAt }) }
    : { courtId: receipt.courtId };
}

/** Whom a recipient sends (调警): the projection brings surname and title along. */
export const forcesOf = ({ forces }: ReceiptDto) =>
  (forces ?? []) as unknown as readonly { readonly officerId: string; readonly name?: string }[];
