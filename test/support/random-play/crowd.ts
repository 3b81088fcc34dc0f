import { type Actor, actorOf } from "../../../shared/domain/authority/actor.ts";
import { can } from "../../../shared/domain/authority/can.ts";
import {
  hostSeenFrom,
  type Related,
  type Relation,
  relationOf,
  unitRelation,
} from "../../../shared/domain/authority/relation.ts";
import { AUTHORITY } from "../../../shared/domain/authority/table.ts";
import type { AnyRecord } from "../../../shared/domain/kernel/state.ts";
import { moduleOf } from "../../../shared/domain/modules.ts";
import type { Dice } from "./dice.ts";
import type { PlayStory } from "./play-story.ts";
import { below, type Person } from "./wish.ts";

/** So many are asked before it is given up. */
const TRIES = 8;

/** Everybody who was there from the beginning. */
export const everybody = ({ state }: PlayStory): Person[] =>
  [...state.all("officer")].flatMap(({ id }) => (actorOf(state, id) as Person | undefined) ?? []);

/** Whoever makes a new record because of this one: its own court, or one above an operation's. */
function concerns(actor: Person, about: AnyRecord | undefined): boolean {
  if (about?.type === "operation") return below(actor.courtId).includes(about.courtId);
  return about === undefined || about.courtId === actor.courtId;
}

const mayEver = (actor: Person, kind: string): boolean =>
  Object.values(AUTHORITY[kind] ?? {}).some(
    (cell) => cell?.roles === "ANY" || cell?.roles?.some((role) => actor.roles.includes(role)),
  );

export function relationTo(actor: Person, record: AnyRecord, { state }: PlayStory): Relation {
  const related = record as Related;
  if (actor.unitId !== undefined) return unitRelation(actor.unitId, related);
  const hostCourtId = hostSeenFrom(actor.courtId, related);
  return relationOf(actor.courtId, { courtId: record.courtId, hostCourtId }, state);
}

/** Those who may make a new record of the kind, because of another one or of itself. */
function* makers(
  people: Iterable<Person>,
  kind: string,
  about: AnyRecord | undefined,
): Generator<Person> {
  for (const actor of people) if (mayEver(actor, kind) && concerns(actor, about)) yield actor;
}

/** Those whom the table lets do this to the record. */
function* doers(
  people: Iterable<Person>,
  kind: string,
  record: AnyRecord,
  story: PlayStory,
): Generator<Person> {
  const parts = moduleOf(record.type).parts(record as never, story.state);
  for (const actor of people) {
    if (can(actor, kind, relationTo(actor, record, story), parts) === undefined) yield actor;
  }
}

/** Some of those who may, from anywhere in the crowd on. */
export function* able(
  people: readonly Person[],
  kind: string,
  record: AnyRecord | undefined,
  creates: boolean,
  { story, dice }: { readonly story: PlayStory; readonly dice: Dice },
): Generator<Actor> {
  const around = dice.around(people);
  const fit =
    creates || !record ? makers(around, kind, record) : doers(around, kind, record, story);
  let found = 0;
  for (const actor of fit) {
    yield actor;
    found += 1;
    if (found >= TRIES) return;
  }
}
