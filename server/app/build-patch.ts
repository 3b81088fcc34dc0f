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
  const byAudience = new Map<Audience, Projection>();
  const projection = (audience: Audience): Projection => {
    const made = byAudience.get(audience) ?? {
      record: item.record,
      audience,
      dto: project(item.record, audience),
    };
    byAudience.set(audience, made);
    return made;
  };
  const now = strongest(views, item.after);
  for (const [view, audience] of now) patchOf(view).puts.push(projection(audience));
  for (const view of strongest(views, item.before).keys()) {
    if (!now.has(view)) patchOf(view).dels.push(item.ref);
  }
}

/** The active views addressed, each with the first (strongest) audience that names it. */
function strongest(
  views: ViewRegistry,
  entries: readonly AudienceEntry[],
): Map<ActiveView, Audience> {
  const found = new Map<ActiveView, Audience>();
  for (const entry of entries) {
    for (const view of views.matching(entry.view))
      if (!found.has(view)) found.set(view, entry.audience);
  }
  return found;
}

function addLines(
  views: ViewRegistry,
  item: Touched,
  event: DomainEvent,
  meta: EventMeta,
  patchOf: (view: ActiveView) => ViewPatch,
): void {
  const { courtId } = item.record;
  for (const [view, audience] of strongest(views, item.after)) {
    const said = moduleOf(item.ref.type).line(event, item.record as never, audience);
    if (said)
      patchOf(view).lines.push({ ...item.ref, seq: meta.seq, at: meta.at, courtId, ...said });
  }
}
