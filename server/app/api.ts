import type { ViewKey } from "../../shared/domain/authority/audience.ts";
import type { Ref } from "../../shared/domain/kernel/ref.ts";
import type { StateReader } from "../../shared/domain/kernel/state.ts";
import type { Dto } from "../../shared/domain/project.ts";
import type { CommandAnswer } from "../../shared/wire/command.ts";
import type { Cursor, Hello, StoreMode } from "../../shared/wire/live.ts";

/**
 * What the edge may ask of the application. The edge parses, authenticates and answers; everything
 * else happens behind this interface.
 */
export interface App {
  /** The folded state, present time. Read only. */
  readonly world: StateReader;
  readonly deployment: { readonly name: string; readonly mode: Hello["mode"] };
  /** Tail of the log: the position every new client starts from. */
  tail(): Cursor;
  storeMode(): StoreMode;
  /**
   * Takes one command from the outside: parses the envelope and its payload, lifts free text into
   * the vault, decides, appends, answers after durability. Never throws for bad input; a store that
   * cannot be reached throws `StoreUnavailable`.
   */
  command(raw: unknown, from: Origin): Promise<CommandAnswer>;
  /** A command of the server itself (bootstrap, import, enrolment), as `system`. */
  systemCommand(command: SystemCommand): Promise<CommandAnswer>;
  /** One record as this view may see it, free text resolved; undefined when it may not (or is unknown). */
  record(view: ViewKey, ref: Ref): Promise<Dto | undefined>;
  /** All records of a kind that the view may see; `closed`: those that are no longer live instead. */
  records(
    view: ViewKey,
    type: string,
    options: { closed: boolean; limit: number },
  ): Promise<{ type: string; id: string; rev: number; dto: Dto }[]>;
  /** Timeline of a record, projected under present rights; undefined when the view may not see it. */
  timeline(view: ViewKey, ref: Ref): Promise<TimelineEntry[] | undefined>;
  /**
   * Appends to the `access` stream and resolves when durable: every look at personal data, every
   * refused attempt, every security event.
   */
  access(entry: AccessEntry): Promise<void>;
}

/** Who sent a command, as the edge authenticated it. */
export interface Origin {
  readonly officerId: string;
  /** Public session id; `device:ID` for a device key. */
  readonly session: string;
  readonly device?: string;
  /** No session of theirs is valid now; only a call for help is taken then, and marked so. */
  readonly unverified?: true;
}

export interface SystemCommand {
  readonly id: string;
  readonly kind: string;
  readonly ref: Ref;
  readonly payload: Readonly<Record<string, unknown>>;
  /** See `Command.elapsed`. */
  readonly elapsed?: true;
}

export interface TimelineEntry {
  readonly seq: number;
  readonly at: number;
  /** When it happened, where that differs; late reports say so. */
  readonly occurredAt?: number;
  readonly late?: boolean;
  /** Officer as this view may name them: surname and title where the audience demands. */
  readonly by?: string;
  readonly zh: string;
  readonly en: string;
}

export interface AccessEntry {
  readonly kind:
    | "REVEAL"
    | "REVEAL_REFUSED"
    | "ID_REUSED"
    | "SIGN_IN"
    | "SIGN_IN_FAILED"
    | "SIGN_OUT"
    | "SOS_KEY_ENROLLED"
    | "UPWARD_LOOK"
    | "TRACK"
    | "TRACK_REFUSED"
    | "OBSERVE_START"
    | "OBSERVE_END"
    | "OBSERVER_ACCOUNT"
    | "SECURITY";
  readonly by: string;
  readonly session: string;
  readonly courtId: string;
  /** What was looked at; ids only, never content. */
  readonly subject?: string;
  readonly field?: string;
  /** Court whose record it was, so that it can see who has been watching. */
  readonly watchedCourtId?: string;
  readonly reason?: string;
}

/** The store cannot take commands now; nothing is confirmed. */
export class StoreUnavailable extends Error {}

/** It did not answer in time; what was sent may still happen, and may be sent again. */
export class StoreSilent extends StoreUnavailable {}
