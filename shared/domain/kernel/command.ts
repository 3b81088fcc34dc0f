import type { Actor } from "../authority/actor.ts";
import type { DomainEvent, Occurred } from "./event.ts";
import type { RecordBase } from "./record.ts";
import type { EntityType, Ref } from "./ref.ts";
import type { Decision, Refusal } from "./refusal.ts";
import type { StateReader } from "./state.ts";

/**
 * - FACT: a report of something that happened. Never refused because of state, limit or an expired
 *   session; authorised as of what its sender knew; the fold keeps what differs as a conflict.
 * - REQUEST: asks for something. Made on a revision, refused as STALE when state or parts changed.
 * - SYSTEM: made by the server itself (clocks, receipts); raises flags, never moves a person or an
 *   operation forward on paper.
 */
export type Nature = "FACT" | "REQUEST" | "SYSTEM";

/** A command after parsing and lifting of free text, ready for `decide`. */
export interface Command {
  readonly id: string;
  /** `entity.verb`; also the name of the action in the authority table. */
  readonly kind: string;
  /** The record it is about; for creating commands the id that the client chose. */
  readonly ref: Ref;
  readonly payload: Readonly<Record<string, unknown>>;
  /** Revision that a REQUEST was made on. */
  readonly rev?: number;
  /** Cursor of the sender when the command was made; 0 for a sender without one. */
  readonly knownSeq: number;
  /**
   * Only a deadline: the time it waits for has passed by the monotonic clock, whatever the server's
   * time says while it is being led. The server's judgement: no part of the payload or its hash.
   */
  readonly elapsed?: true;
  /**
   * Only a call for help: it came without a session that is valid now, so who sent it is still to be
   * checked. The server's judgement, not the sender's word: no part of the payload or its hash.
   */
  readonly unverified?: true;
}

export interface DecideContext {
  readonly actor: Actor;
  /** Server time of the batch, which becomes the commit's `at`. */
  readonly now: number;
  readonly occurred: Occurred;
}

export interface DecideInput<E extends RecordBase, P> extends DecideContext {
  readonly commandId: string;
  /** Id of the record, also when `entity` does not exist yet. */
  readonly id: string;
  readonly entity: E | undefined;
  readonly payload: P;
  /** See `Command.unverified`. */
  readonly unverified?: true;
  readonly state: StateReader;
}

export interface CommandSpec<E extends RecordBase = RecordBase, P = unknown> {
  readonly nature: Nature;
  /** The record must not exist (`NEW`), must exist (`EXISTING`), or either (`ANY`: facts open stubs). */
  readonly target: "NEW" | "EXISTING" | "ANY";
  /**
   * Court that authority is judged by when the record does not exist yet; default is the actor's own.
   */
  readonly courtOf?: (payload: P, state: StateReader) => string | undefined;
  /** The server itself may do it too: the first records of an empty log, demo data, CSV import. */
  readonly bySystem?: true;
  /** No right is asked for, whatever court the record is of: a call for help. */
  readonly byAnybody?: true;
  /**
   * Law and state, without payload: what makes a button say why not. Never consulted for facts.
   * `courtId` is the court that asks, where it is known and makes a difference.
   */
  readonly guard?: (entity: E, state: StateReader, courtId?: string) => Refusal | undefined;
  readonly decide: (input: DecideInput<E, P>) => Decision<DomainEvent>;
}

export type CommandSpecs<E extends RecordBase> = Readonly<Record<string, CommandSpec<E, never>>>;

/** Keeps the payload's type inside the spec and forgets it outside. */
export function command<E extends RecordBase, P>(spec: CommandSpec<E, P>): CommandSpec<E, never> {
  return spec as unknown as CommandSpec<E, never>;
}

export interface CommandEntry {
  readonly type: EntityType;
  readonly spec: CommandSpec<RecordBase, never>;
}
