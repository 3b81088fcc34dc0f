import type { StateReader } from "../../../shared/domain/kernel/state.ts";
import { decodeTracks } from "../../../shared/wire/track-answer.ts";
import type { TrackStore } from "../../tracks/track-store.ts";
import type { LastValues } from "./last-values.ts";
import { scopeOf } from "./track-desk.ts";

/** How far back the last positions are looked for after a start. */
const RESTORED_MS = 3_600_000;
/** A device's clock may be so far ahead. */
const AHEAD_MS = 60_000;

export interface RestoreDeps {
  readonly store: Pick<TrackStore, "find">;
  readonly values: LastValues;
  readonly world: StateReader;
  readonly now: number;
  readonly changed: (trackIndex: number) => void;
}

/**
 * The last position of everybody on duty as the tracks have it, with its age; only what was measured
 * since the duty began, and nothing over what has come in since the start.
 */
export async function restorePositions(deps: RestoreDeps): Promise<number> {
  const { store, values, world, now, changed } = deps;
  const tracked = [...world.all("officer")].filter(({ id }) => isTracked(world, id));
  const scope = scopeOf(
    tracked.map(({ trackIndex, dutySince }) => ({ trackIndex, since: dutySince ?? 0 })),
  );
  const at = Math.floor(now) + AHEAD_MS;
  const found = await store.find({ kind: "PICTURE", at, maxAgeMs: RESTORED_MS + AHEAD_MS, scope });
  const tracks = decodeTracks(found.bytes);
  if (!tracks.ok) throw new Error(`the last positions cannot be read: ${tracks.refusal}`);
  const idOf = new Map(tracked.map(({ id, trackIndex }) => [trackIndex, id]));
  let restored = 0;
  for (let i = 0; i < tracks.value.count; i++) {
    const trackIndex = tracks.value.trackIndex[i] ?? 0;
    // Whoever went off duty while it was read has no last position.
    if (!isTracked(world, idOf.get(trackIndex) ?? "")) continue;
    if (!values.restore(tracks.value, i)) continue;
    changed(trackIndex);
    restored += 1;
  }
  return restored;
}

function isTracked(world: StateReader, officerId: string): boolean {
  const officer = world.get("officer", officerId);
  return officer !== undefined && officer.unitId === undefined && officer.duty !== "OFF_DUTY";
}
