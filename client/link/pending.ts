import { createStore, type StoreApi } from "zustand/vanilla";
import type { CommandAnswer } from "../../shared/wire/command.ts";

/** A command on its way: no answer yet, or answered and its commit not seen yet. */
type Pending = { readonly kind: "sent" } | { readonly kind: "answered"; readonly seq: number };

/** By command id, and by what it is about (`kind ref`), so that a control can find its own. */
export interface PendingState {
  readonly byId: ReadonlyMap<string, Pending>;
  readonly keyById: ReadonlyMap<string, string>;
}

export type PendingStore = StoreApi<PendingState>;

export const createPendingStore = (): PendingStore =>
  createStore(() => ({ byId: new Map(), keyById: new Map() }));

export const pendingKey = (kind: string, ref: { type: string; id: string }): string =>
  `${kind} ${ref.type}:${ref.id}`;

export function withSent(state: PendingState, id: string, key: string): PendingState {
  return {
    byId: new Map(state.byId).set(id, { kind: "sent" }),
    keyById: new Map(state.keyById).set(id, key),
  };
}

/** Accepted: pending until the cursor has reached `seq`. Refused or never answered: done. */
export function withAnswer(
  state: PendingState,
  id: string,
  answer: CommandAnswer | undefined,
  cursorSeq: number,
): PendingState {
  if (answer?.outcome !== "ACCEPTED" || answer.seq <= cursorSeq) return without(state, [id]);
  return { ...state, byId: new Map(state.byId).set(id, { kind: "answered", seq: answer.seq }) };
}

/** What a cursor at `seq` has reached is no longer pending. */
export function withCursor(state: PendingState, seq: number): PendingState {
  const reached = [...state.byId]
    .filter(([, p]) => p.kind === "answered" && p.seq <= seq)
    .map(([id]) => id);
  return reached.length === 0 ? state : without(state, reached);
}

function without(state: PendingState, ids: readonly string[]): PendingState {
  const byId = new Map(state.byId);
  const keyById = new Map(state.keyById);
  for (const id of ids) {
    byId.delete(id);
    keyById.delete(id);
  }
  return { byId, keyById };
}
