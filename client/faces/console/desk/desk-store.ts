import { createStore, type StoreApi } from "zustand/vanilla";
import type { Ref } from "../../../../shared/domain/kernel/ref.ts";
import type { Refusal } from "../../../../shared/domain/kernel/refusal.ts";
import type { Delivery } from "../../../link/roads.ts";
import type { FormValues } from "../forms/form-spec.ts";
import { draftKey, type Task } from "../forms/task.ts";
import type { PlaceValue } from "../forms/to-payload.ts";

/** Map layers that a person may switch off; the land and the alarms are always there. */
export const SWITCHABLE = ["courts", "operations", "officers", "detentions", "police"] as const;
export type LayerName = (typeof SWITCHABLE)[number];

/** What came of a command that was given by key and did not pass. */
export interface KeyOutcome {
  readonly kind: string;
  readonly delivery?: Delivery;
  readonly refusal?: Refusal;
}

/** What this console is doing, beside what it looks at (`store/ui.ts`). */
export interface DeskState {
  /** The form in the drawer; it stays open whatever is selected meanwhile. */
  readonly task: Task | null;
  /** The record for which candidates are listed. */
  readonly dispatch: Ref | null;
  /** Row of the queue under the keyboard. */
  readonly cursor: string | null;
  readonly hidden: ReadonlySet<LayerName>;
  readonly help: boolean;
  readonly search: boolean;
  /** The month of the linked units. */
  readonly unitMonth: boolean;
  /** The question about the machine's clock. */
  readonly time: boolean;
  /** Name of the board over the map; null: the map. */
  readonly board: string | null;
  /** The map shows the past, and nothing else of the desk is there. */
  readonly replay: boolean;
  /** The instant that was looked at last; a call for help may have ended the look. */
  readonly replayed: { readonly at: number; readonly cut: boolean } | null;
  /** Takes the next click on the map. */
  readonly pick: ((place: PlaceValue) => void) | null;
  /** Until the next key that sends, Esc or a click. */
  readonly keyOutcome: KeyOutcome | null;
  /** What was typed and not sent, by form. In memory only. */
  readonly drafts: ReadonlyMap<string, FormValues>;
  open(task: Task): void;
  closeTask(): void;
  keepDraft(task: Task, values: FormValues): void;
  dropDraft(task: Task): void;
  setDispatch(ref: Ref | null): void;
  setCursor(key: string | null): void;
  toggleLayer(name: LayerName): void;
  setHelp(help: boolean): void;
  setSearch(search: boolean): void;
  setTime(time: boolean): void;
  openBoard(name: string | null): void;
  setUnitMonth(unitMonth: boolean): void;
  setReplay(replay: boolean): void;
  leaveReplay(replayed: { readonly at: number; readonly cut: boolean }): void;
  forgetCut(): void;
  setPick(pick: ((place: PlaceValue) => void) | null): void;
  setKeyOutcome(outcome: KeyOutcome | null): void;
}

export type DeskStore = StoreApi<DeskState>;

const without = <K, V>(map: ReadonlyMap<K, V>, key: K): ReadonlyMap<K, V> => {
  const next = new Map(map);
  next.delete(key);
  return next;
};

export const createDeskStore = (): DeskStore =>
  createStore<DeskState>((set) => ({
    task: null,
    dispatch: null,
    cursor: null,
    hidden: new Set(),
    help: false,
    search: false,
    unitMonth: false,
    time: false,
    board: null,
    replay: false,
    replayed: null,
    pick: null,
    keyOutcome: null,
    drafts: new Map(),
    open: (task) => set({ task, pick: null }),
    closeTask: () => set({ task: null, pick: null }),
    keepDraft: (task, values) =>
      set((s) => ({ drafts: new Map(s.drafts).set(draftKey(task), values) })),
    dropDraft: (task) => set((s) => ({ drafts: without(s.drafts, draftKey(task)) })),
    setDispatch: (dispatch) => set({ dispatch, task: null, pick: null }),
    setCursor: (cursor) => set({ cursor }),
    toggleLayer: (name) =>
      set((s) => {
        const hidden = new Set(s.hidden);
        if (!hidden.delete(name)) hidden.add(name);
        return { hidden };
      }),
    setHelp: (help) => set({ help }),
    setSearch: (search) => set({ search }),
    setTime: (time) => set({ time }),
    openBoard: (board) => set({ board }),
    setUnitMonth: (unitMonth) => set({ unitMonth }),
    setReplay: (replay) => set({ replay, pick: null }),
    leaveReplay: (replayed) => set({ replay: false, replayed }),
    forgetCut: () =>
      set(({ replayed }) => ({ replayed: replayed && { at: replayed.at, cut: false } })),
    setPick: (pick) => set({ pick }),
    setKeyOutcome: (keyOutcome) => set({ keyOutcome }),
  }));
