import type { Audience, AudienceEntry } from "../authority/audience.ts";
import type { Parts } from "../authority/parts.ts";
import type { EntityMap } from "../entities.ts";
import type { Deadline, RunningClock } from "./clock.ts";
import type { CommandSpecs } from "./command.ts";
import type { DomainEvent, EventMeta } from "./event.ts";
import type { EntityType, Ref } from "./ref.ts";
import type { Bilingual, RefusalText } from "./refusal.ts";
import type { StateReader } from "./state.ts";

/**
 * Everything the kernel needs to know about one kind of record. Each entity's folder exports one
 * of these; `modules.ts` lists them. All functions are pure and know no clock.
 */
export interface EntityModule<K extends EntityType> {
  readonly type: K;
  /** Event types folded by this module (besides `ClockRaised`). A log with others is not opened. */
  readonly eventTypes: readonly string[];
  readonly commands: CommandSpecs<EntityMap[K]>;
  readonly refusals: Readonly<Record<string, RefusalText>>;
  /**
   * Gives a record made anew, or the very one it was given where nothing changes; never one that
   * stands in the event. The kernel's fold writes `rev`, `stateRev` and `updatedAt` into it.
   */
  evolve(entity: EntityMap[K] | undefined, event: DomainEvent, meta: EventMeta): EntityMap[K];
  /** State and parts as one string: when it changes, requests made before are STALE. */
  standing(entity: EntityMap[K]): string;
  parts(entity: EntityMap[K], state: StateReader): Parts;
  /** Keys of the secondary index this record is filed under. */
  links(entity: EntityMap[K]): readonly string[];
  /** False for closed records: kept out of snapshots, found by query. */
  live(entity: EntityMap[K]): boolean;
  /** Other records whose audience, guards or deadlines this change alters. */
  dependents(
    before: EntityMap[K] | undefined,
    after: EntityMap[K],
    state: StateReader,
  ): readonly Ref[];
  deadlines(entity: EntityMap[K], state: StateReader): readonly Deadline[];
  /** What else happens when a clock level is raised, e.g. the breach event of an overrun maximum. */
  raised?(
    entity: EntityMap[K],
    clock: RunningClock,
    level: number,
    state: StateReader,
  ): readonly DomainEvent[];
  audiences(entity: EntityMap[K], state: StateReader): readonly AudienceEntry[];
  /** What this audience may see, personal data masked; plain JSON. The kernel adds parts and acts. */
  project(
    entity: EntityMap[K],
    state: StateReader,
    audience: Audience,
  ): Readonly<Record<string, unknown>>;
  /** A short timeline entry without personal data, or nothing for this audience. */
  line(event: DomainEvent, entity: EntityMap[K], audience: Audience): Bilingual | undefined;
}
