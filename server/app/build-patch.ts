import type { Audience, AudienceEntry } from "../../shared/domain/authority/audience.ts";
import type { DomainEvent, EventMeta } from "../../shared/domain/kernel/event.ts";
import { type Ref, refKey } from "../../shared/domain/kernel/ref.ts";
import { type AnyRecord, getRef, type StateReader } from "../../shared/domain/kernel/state.ts";
import { moduleOf } from "../../shared/domain/modules.ts";
import type { Dto } from "../../shared/domain/project.ts";
import type { StreamLine } from "../../shared/wire/live.ts";
import { audiencesOf } from "./projector.ts";
import type { ActiveView, ViewRegistry } from "./view-registry.ts";

/** A touched record: who could see it before the commit, and who may now. */
export interface Touched {
  readonly ref: Ref;
  readonly record: AnyRecord;
  readonly before: readonly AudienceEntry[];
  readonly after: readonly AudienceEntry[];
}

/** What one view gets of one commit; projections are shared between views of one audience. */
export interface ViewPatch {
  readonly view: ActiveView;
  readonly puts: Projection[];
  readonly dels: Ref[];
  readonly lines: StreamLine[];
}

export interface Projection {
  readonly record: AnyRecord;
  readonly audience: Audience;
  readonly dto: Dto;
}

/** Looks the touched records up again after the commit. */
export function touchedNow(
  touched: readonly { ref: Ref; before: readonly AudienceEntry[] }[],
  world: StateReader,
): Touched[] {
  return touched.flatMap(({ ref, before }) => {
    const record = getRef(world, ref);
    return record ? [{ ref, record, before, after: audiencesOf(record, world) }] : [];
  });
}

/** Sorts puts, dels and lines by view. Each record is projected at most once per audience. */
export function buildPatches(
  views: ViewRegistry,
  touched: readonly Touched[],
  events: readonly { readonly event: DomainEvent; readonly meta: EventMeta }[],
  project: (record: AnyRecord, audience: Audience) => Dto,
): ViewPatch[] {
  const patches = new Map<ActiveView, ViewPatch>();
  const patchOf = (view: ActiveView): ViewPatch => {
    let patch = patches.get(view);
    if (!patch) {
      patch = { view, puts: [], dels: [], lines: [] };
      patches.set(view, patch);
    }
    return patch;
  };
  const byRef = new Map<string, Touched>();
  for (const item of touched) {
    byRef.set(refKey(item.ref), item);
    addRecord(views, item, project, patchOf);
  }
  for (const { event, meta } of events) {
    const item = byRef.get(refKey(event.ref));
    if (item) addLines(views, item, event, meta, patchOf);
  }
  return [...patches.values()];
}

function addRecord(
  views: ViewRegistry,
  item: Touched,
  project: (record: AnyRecord, audience: Audience) => Dto,
  patchOf: (view: ActiveView) => ViewPatch,
): void {
  const seen = new Set<ActiveView>();
  const byAudience = new Map<Audience, Projection>();
  for (const entry of item.after) {
    for (const view of views.matching(entry.view)) {
      if (seen.has(view)) continue;
      seen.add(view);
      let projection = byAudience.get(entry.audience);
      if (!projection) {
        projection = { record: item.record, audience: entry.audience, dto: project(item.record, entry.audience) };
        byAudience.set(entry.audience, projection);
      }
      patchOf(view).puts.push(projection);
    }
  }
  for (const entry of item.before) {
    for (const view of views.matching(entry.view)) {
      if (seen.has(view)) continue;
      seen.add(view);
      patchOf(view).dels.push(item.ref);
    }
  }
}

function addLines(
  views: ViewRegistry,
  item: Touched,
  event: DomainEvent,
  meta: EventMeta,
  patchOf: (view: ActiveView) => ViewPatch,
): void {
  const seen = new Set<ActiveView>();
  for (const entry of item.after) {
    for (const view of views.matching(entry.view)) {
      if (seen.has(view)) continue;
      seen.add(view);
      const said = moduleOf(item.ref.type).line(event, item.record as never, entry.audience);
      if (said) {
        patchOf(view).lines.push({ ...item.ref, seq: meta.seq, at: meta.at, courtId: item.record.courtId, ...said });
      }
    }
  }
}
