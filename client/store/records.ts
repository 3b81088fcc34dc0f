import { createStore, type StoreApi } from "zustand/vanilla";
import type { EntityType } from "../../shared/domain/kernel/ref.ts";
import type { Cursor, Patch, PutRecord, Snapshot, StreamLine } from "../../shared/wire/live.ts";
import type { StoredRecord } from "./dto.ts";
import { isKnownType, KNOWN_TYPES } from "./entity-types.ts";
import { type UnreadTexts, withUnread } from "./unread-texts.ts";

/** Maps are replaced, never changed in place, so identity tells whether a kind changed. */
export type RecordMaps = { readonly [K in EntityType]: ReadonlyMap<string, StoredRecord<K>> };

export interface RecordsState {
  /** What the view shows: `held` with the newer of `emergency` on top. */
  readonly maps: RecordMaps;
  /** What patches and snapshots brought. */
  readonly held: RecordMaps;
  /** What the log does not hold yet, as the last emergency list said. */
  readonly emergency: readonly PutRecord[];
  /** How far this view has come in the global log; null until a snapshot has been taken in. */
  readonly cursor: Cursor | null;
  readonly unread: UnreadTexts;
  /** Records that ended while this view looked on, newest first, bounded: how it ended can be read. */
  readonly closed: readonly PutRecord[];
  /** Event stream, newest first, bounded. Decoration: alarms come from `maps` only. */
  readonly lines: readonly StreamLine[];
}

export type RecordsStore = StoreApi<RecordsState>;

/** What fits on a screen with some scrolling; the full history is a query. */
export const MAX_LINES = 200;

const emptyMaps = (): RecordMaps =>
  Object.fromEntries(KNOWN_TYPES.map((type) => [type, new Map()])) as unknown as RecordMaps;

/** Older ones are a query (`GET /api/records?closed=1`). */
export const MAX_CLOSED = 100;

export const emptyRecords = (): RecordsState => {
  const held = emptyMaps();
  return { ...NOTHING, maps: held, held };
};

const NOTHING = {
  emergency: [],
  cursor: null,
  unread: new Set<string>(),
  closed: [],
  lines: [],
};

export const createRecordsStore = (): RecordsStore => createStore(() => emptyRecords());

type Changed = Partial<Record<EntityType, Map<string, StoredRecord>>>;

/** The state after `(from, to]`: keyed replace, so a patch that overlaps does no harm. */
export function withPatch(state: RecordsState, patch: Patch): RecordsState {
  const changed: Changed = {};
  const mapOf = (type: EntityType) => {
    changed[type] ??= new Map<string, StoredRecord>(state.held[type]);
    return changed[type];
  };
  for (const { type, id } of patch.del) if (isKnownType(type)) mapOf(type).delete(id);
  for (const put of patch.put) {
    if (!isKnownType(put.type)) continue;
    // A record that is no longer live leaves the live records; the snapshot does not hold it either.
    if (put.dto.closed === true) mapOf(put.type).delete(put.id);
    else mapOf(put.type).set(put.id, put as StoredRecord);
  }
  const held = { ...state.held, ...changed } as RecordMaps;
  return {
    maps: shown(held, state.emergency),
    held,
    emergency: state.emergency,
    cursor: { seq: patch.to, hash8: patch.hash8 },
    unread: withUnread(state.unread, patch),
    closed: withClosed(state.closed, patch.put),
    lines: withLines(state.lines, patch.lines),
  };
}

/** A snapshot replaces everything; the stream stays, it is decoration. */
export function withSnapshot(state: RecordsState, snapshot: Snapshot): RecordsState {
  const { closed, lines, emergency } = state;
  const base = { ...emptyRecords(), closed, lines, emergency };
  return withPatch(base, { ...snapshot, from: -1, del: [], lines: [] });
}

/** The emergency list replaces the one before. It moves no cursor. */
export const withEmergency = (
  state: RecordsState,
  emergency: readonly PutRecord[],
): RecordsState => ({ ...state, emergency, maps: shown(state.held, emergency) });

/** What the log holds in the same or a later state is the better one. */
function shown(held: RecordMaps, emergency: readonly PutRecord[]): RecordMaps {
  const over: Changed = {};
  for (const put of emergency) {
    const { type, id } = put;
    if (!isKnownType(type)) continue;
    const known = held[type].get(id);
    if (known && known.rev >= put.rev) continue;
    over[type] ??= new Map<string, StoredRecord>(held[type]);
    if (put.dto.closed === true) over[type].delete(id);
    else over[type].set(id, put as StoredRecord);
  }
  return Object.keys(over).length === 0 ? held : ({ ...held, ...over } as RecordMaps);
}

function withClosed(held: readonly PutRecord[], puts: readonly PutRecord[]) {
  const ended = puts.filter((put) => put.dto.closed === true);
  if (ended.length === 0) return held;
  const keys = new Set(ended.map(({ type, id }) => `${type}:${id}`));
  const others = held.filter(({ type, id }) => !keys.has(`${type}:${id}`));
  return [...ended.reverse(), ...others].slice(0, MAX_CLOSED);
}

function withLines(held: readonly StreamLine[], more: readonly StreamLine[]) {
  if (more.length === 0) return held;
  const keyOf = (line: StreamLine) => `${line.seq}:${line.type}:${line.id}:${line.zh}`;
  const seen = new Set(held.map(keyOf));
  const fresh = more.filter((line) => !seen.has(keyOf(line)));
  return [...fresh.reverse(), ...held].slice(0, MAX_LINES);
}

/** Called after each change of the records of one kind; renders nothing. Returns unsubscribe. */
export function subscribeType<K extends EntityType>(
  store: RecordsStore,
  type: K,
  listener: (now: ReadonlyMap<string, StoredRecord<K>>) => void,
): () => void {
  return store.subscribe((state, before) => {
    if (state.maps[type] !== before.maps[type]) listener(state.maps[type]);
  });
}
