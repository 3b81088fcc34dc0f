import type { OrderKind, ReceiptState, ReconsiderationOutcome } from "./state.ts";

/** What the board reads of an order; every projection has at least this, a wall's too. */
export interface BoardOrder {
  readonly id: string;
  readonly courtId: string;
  readonly kind: OrderKind;
  readonly urgency: "P1" | "P2" | "P3";
  readonly issuedAt: number;
  readonly revoked?: object;
  readonly supersededBy?: object;
  readonly receipts: readonly BoardReceipt[];
}

interface BoardReceipt {
  readonly courtId: string;
  readonly state: ReceiptState;
  readonly steps: readonly { readonly state: ReceiptState; readonly at: number }[];
  readonly dueAt?: number;
  readonly revoked?: object;
  readonly reconsideration?: {
    readonly suspends: boolean;
    readonly answer?: { readonly outcome: ReconsiderationOutcome };
  };
}

/** One order at one recipient. */
export interface BoardRow {
  readonly orderId: string;
  readonly kind: OrderKind;
  readonly urgency: BoardOrder["urgency"];
  readonly issuerCourtId: string;
  readonly recipientCourtId: string;
  readonly state: ReceiptState;
  /** Server ms of each hop, the newest where it happened twice. */
  readonly times: Readonly<Partial<Record<ReceiptState, number>>>;
  /** How often it was sent back. */
  readonly returns: number;
  readonly dueAt?: number;
  /** ms past the due time, at the feedback where there is one; 0 when in time or at rest. */
  readonly overdueMs: number;
  /** The duty rests until reconsideration is answered. */
  readonly suspended: boolean;
  /** Whose move it is. */
  readonly waitsFor: "RECIPIENT" | "ISSUER";
}

/** What a court owes and what it is owed, the most overdue first, then by due time and age. */
export function orderBoard(
  orders: Iterable<BoardOrder>,
  courtId: string,
  now: number,
): { readonly iOwe: readonly BoardRow[]; readonly owedToMe: readonly BoardRow[] } {
  const rows = [...orders]
    .filter((order) => !order.revoked && !order.supersededBy)
    .flatMap((order) =>
      order.receipts
        .filter((receipt) => !receipt.revoked && receipt.state !== "ACCEPTED")
        .map((receipt) => ({ issuedAt: order.issuedAt, row: rowOf(order, receipt, now) })),
    )
    .sort(
      (a, b) =>
        b.row.overdueMs - a.row.overdueMs ||
        (a.row.dueAt ?? Number.MAX_SAFE_INTEGER) - (b.row.dueAt ?? Number.MAX_SAFE_INTEGER) ||
        a.issuedAt - b.issuedAt,
    )
    .map(({ row }) => row);
  return {
    iOwe: rows.filter((row) => row.recipientCourtId === courtId),
    owedToMe: rows.filter((row) => row.issuerCourtId === courtId),
  };
}

function rowOf(order: BoardOrder, receipt: BoardReceipt, now: number): BoardRow {
  const { courtId, state, steps, dueAt, reconsideration } = receipt;
  const asked = reconsideration !== undefined && reconsideration.answer === undefined;
  const suspended = asked && reconsideration.suspends;
  const times = Object.fromEntries(steps.map((step) => [step.state, step.at]));
  const until = state === "FEEDBACK" ? (times.FEEDBACK ?? now) : now;
  return {
    orderId: order.id,
    kind: order.kind,
    urgency: order.urgency,
    issuerCourtId: order.courtId,
    recipientCourtId: courtId,
    state,
    times,
    returns: steps.filter((step) => step.state === "RETURNED").length,
    ...(dueAt === undefined ? {} : { dueAt }),
    overdueMs: dueAt === undefined || suspended ? 0 : Math.max(0, until - dueAt),
    suspended,
    waitsFor: state === "FEEDBACK" || asked ? "ISSUER" : "RECIPIENT",
  };
}
