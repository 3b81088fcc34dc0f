import {
  type Audience,
  courtOfAudience,
  type Standing,
  seatOf,
  standingOf,
} from "./authority/audience.ts";
import type { Parts } from "./authority/parts.ts";
import type { Relation } from "./authority/relation.ts";
import { AUTHORITY, type Cell } from "./authority/table.ts";
import type { Refusal } from "./kernel/refusal.ts";
import type { AnyRecord, StateReader } from "./kernel/state.ts";
import { moduleOf } from "./modules.ts";

/** A record as one audience sees it. */
export interface Dto {
  readonly parts?: Parts;
  /** For each action this audience could ever take: nothing (null), or the law's refusal. */
  readonly acts?: Readonly<Record<string, Refusal | null>>;
  readonly [field: string]: unknown;
}

/** How the record's court stands to an actor who sits in this audience. */
const RELATION_OF: Readonly<Record<Standing, Relation | undefined>> = {
  own: "own",
  issuer: "own",
  parent: "down",
  high: "down",
  host: "host",
  recipient: "up",
  entrusted: "sibling",
  copied: undefined,
  unit: "unit",
  public: undefined,
};

/** Projection, parts and acts for one audience. Takes no time: the client adds the server's. */
export function projectDto(record: AnyRecord, state: StateReader, audience: Audience): Dto {
  const module = moduleOf(record.type);
  const fields = module.project(record as never, state, audience);
  if (seatOf(audience) === "wall") return fields;
  const relation = RELATION_OF[standingOf(audience)];
  const parts = module.parts(record as never, state);
  const acts = actsOf(record, state, audience, relation, parts);
  if (Object.keys(acts).length === 0) return fields;
  return {
    ...fields,
    stateRev: record.stateRev,
    // Who is who in the court is nothing that a linked unit needs.
    ...(relation === "unit" ? {} : { parts }),
    acts,
  };
}

/** A cell for one court alone is no action of the court of the place while no such court is named. */
const isOpenToHosts = ({ inCourt }: Cell, { tierPath }: AnyRecord, parts: Parts): boolean =>
  inCourt === undefined || (parts[inCourt] ?? []).some((courtId) => !tierPath.includes(courtId));

function actsOf(
  record: AnyRecord,
  state: StateReader,
  audience: Audience,
  relation: Relation | undefined,
  parts: Parts,
): Record<string, Refusal | null> {
  if (!relation) return {};
  const acts: Record<string, Refusal | null> = {};
  const courtId = courtOfAudience(audience, record);
  for (const [kind, spec] of Object.entries(moduleOf(record.type).commands)) {
    const cell = AUTHORITY[kind]?.[relation];
    if (spec.nature === "SYSTEM" || spec.target === "NEW" || !cell) continue;
    if (relation === "host" && !isOpenToHosts(cell, record, parts)) continue;
    acts[kind] = spec.guard?.(record as never, state, courtId) ?? null;
  }
  return acts;
}
