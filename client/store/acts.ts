import type { Actor } from "../../shared/domain/authority/actor.ts";
import { can } from "../../shared/domain/authority/can.ts";
import { isLentMember } from "../../shared/domain/authority/parts.ts";
import {
  type Related,
  type Relation,
  relationOf,
  unitRelation,
} from "../../shared/domain/authority/relation.ts";
import type { Role } from "../../shared/domain/authority/roles.ts";
import type { Refusal } from "../../shared/domain/kernel/refusal.ts";
import type { StateReader } from "../../shared/domain/kernel/state.ts";
import type { Hello } from "../../shared/wire/live.ts";
import type { StoredRecord } from "./dto.ts";

/** What a control says about one action on one record, before anybody presses it. */
export type Act =
  /** Not an action of this view at all: no control. */
  | { readonly kind: "absent" }
  | { readonly kind: "open" }
  /** Visible, with its reason beside it. `changesAt`: server ms when the answer turns by itself. */
  | { readonly kind: "refused"; readonly refusal: Refusal; readonly changesAt?: number };

type Courts = ReadonlyMap<string, StoredRecord<"court">>;
type AnyDto = Pick<StoredRecord, "dto">;

/** Whoever sits here, as the server named him; a wall or kiosk is nobody. */
export function actorOf(hello: Hello | undefined): (Actor & { kind: "person" }) | undefined {
  if (!hello?.officerId) return undefined;
  const { officerId, courtId, unitId } = hello;
  const roles = hello.roles as readonly Role[];
  return { kind: "person", officerId, courtId, ...(unitId ? { unitId } : {}), roles };
}

/** Authority (`can`, with the same inputs as the server) and the law's guard at server time `now`. */
export function actOf(
  record: AnyDto,
  kind: string,
  hello: Hello | undefined,
  courts: Courts,
  now: number,
): Act {
  const { acts, parts } = record.dto;
  const actor = actorOf(hello);
  if (!acts || !(kind in acts) || !actor) return { kind: "absent" };
  const relation = relationOfActor(actor, record, courts);
  const unable = can(actor, kind, relation, parts ?? {});
  if (unable) return { kind: "refused", refusal: unable };
  const law = acts[kind];
  return law ? lawAt(law, now) : { kind: "open" };
}

function relationOfActor(
  { officerId, courtId, unitId }: Actor & { kind: "person" },
  record: AnyDto,
  courts: Courts,
): Relation {
  if (unitId !== undefined) return unitRelation(unitId, record.dto as Related);
  return isLentMember(record.dto.parts ?? {}, officerId)
    ? "own"
    : relationTo(courtId, record, courts);
}

/** How the record's court stands to the one who looks. */
export function relationTo(courtId: string, { dto }: AnyDto, courts: Courts): Relation {
  const of = dto as { courtId?: string; hostCourtId?: string; servesCourtId?: string };
  if (of.courtId === undefined) return "none";
  // A court to which it was given by hand, that helps, or commands who reported it, stands to it as the court of the place.
  const { handedCourt = [], assistCourt = [] } = dto.parts ?? {};
  const isNamed = [...handedCourt, ...assistCourt, of.servesCourtId].includes(courtId);
  const hostCourtId = isNamed ? courtId : of.hostCourtId;
  return relationOf(courtId, { courtId: of.courtId, hostCourtId }, reader(courts));
}

/** Ids from the root down to and including the court. */
export function tierPath(courtId: string, courts: Courts): readonly string[] {
  const path: string[] = [];
  let id: string | undefined = courtId;
  while (id !== undefined && !path.includes(id)) {
    path.unshift(id);
    id = courts.get(id)?.dto.parentId;
  }
  return path;
}

/** The one question that `relationOf` asks of the state. */
function reader(courts: Courts): StateReader {
  const get = (_type: "court", id: string) => ({ tierPath: tierPath(id, courts) });
  return { get } as unknown as StateReader;
}

function lawAt(refusal: Refusal, now: number): Act {
  const { from, until } = refusal;
  if (from !== undefined && now < from) return { kind: "open" };
  if (until !== undefined && now >= until) return { kind: "open" };
  return { kind: "refused", refusal, ...(until === undefined ? {} : { changesAt: until }) };
}
