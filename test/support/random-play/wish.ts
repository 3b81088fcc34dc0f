import type { World } from "../../../server/app/world.ts";
import type { Actor } from "../../../shared/domain/authority/actor.ts";
import type { EntityMap } from "../../../shared/domain/entities.ts";
import type { SubjectRef } from "../../../shared/domain/kernel/record.ts";
import type { EntityType } from "../../../shared/domain/kernel/ref.ts";
import type { AnyRecord } from "../../../shared/domain/kernel/state.ts";
import { pathOf } from "../domain/province.ts";
import type { Dice } from "./dice.ts";
import { COURTS } from "./realm.ts";

export type Person = Extract<Actor, { kind: "person" }>;

/** What a command is to be built for. */
export interface Wish {
  readonly state: World;
  readonly dice: Dice;
  readonly now: number;
  readonly actor: Person;
  /** The record it is about; for a new one perhaps another that it concerns. */
  readonly about: AnyRecord | undefined;
  /** Recipient, target or node of it. */
  readonly key: string;
  /** State that is wanted. */
  readonly to: string;
  readonly id: string;
}

export type Payload = Readonly<Record<string, unknown>>;
/** Nothing where there is nobody and nothing that it could be about. */
export type Pay = (wish: Wish) => Payload | undefined;

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export const text = (id: string) => ({ id: `free-${id}`, hash: "h" });
export const empty: Pay = () => ({});
export const reason: Pay = ({ id }) => ({ reason: text(id) });
export const said: Pay = ({ id }) => ({ text: text(id) });

export const CASE = "(2026)鄂0102执1号";
/** Of many: what a pause or a deferral binds is one case, and not the whole play. */
export const someCase = ({ dice }: Pick<Wish, "dice">): string =>
  dice.percent(10) ? CASE : `(2026)鄂0102执${dice.upTo(400) + 2}号`;

export const subject = ({ dice, id }: Wish): SubjectRef => ({
  id: `person-${id}`,
  label: dice.of("张**", "李*", "王**"),
  sex: dice.of("M", "M", "F"),
  ageBand: "18_69",
  flags: [],
});

export const COURT_LIST: readonly string[] = COURTS;
const isKnown = (courtId: string): boolean => COURT_LIST.includes(courtId);
const pathIn = (courtId: string): readonly string[] => (isKnown(courtId) ? pathOf(courtId) : []);

/** Courts of the realm below this one. */
export const below = (courtId: string): readonly string[] =>
  COURTS.filter((each) => each !== courtId && pathIn(each).includes(courtId));
/** Courts of which neither stands above the other. */
export const peersOf = (courtId: string): readonly string[] =>
  COURTS.filter((each) => !pathIn(each).includes(courtId) && !pathIn(courtId).includes(each));

export const post = (courtId: string, role: string): string => `${courtId}.${role}`;

/** Some record of the kind that fits; looked at from a random place on. */
export function some<K extends EntityType>(
  { state, dice }: Wish,
  type: K,
  fits: (record: EntityMap[K]) => boolean,
): EntityMap[K] | undefined {
  for (const record of dice.around([...state.all(type)])) if (fits(record)) return record;
  return undefined;
}

export const the = <K extends EntityType>({ about }: Wish, type: K): EntityMap[K] | undefined =>
  about?.type === type ? (about as unknown as EntityMap[K]) : undefined;

/** The fields that are there. */
export const given = (fields: Payload): Payload =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
