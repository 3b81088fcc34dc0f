import type { Ref } from "../../shared/domain/kernel/ref.ts";
import { type Refusal, refusal } from "../../shared/domain/kernel/refusal.ts";
import type { StateReader } from "../../shared/domain/kernel/state.ts";
import { RAISE_CLOCK } from "../../shared/domain/raise-clock.ts";
import { SOS_KIND } from "../../shared/wire/sos.ts";
import type { EmergencyJournal } from "../journal/emergency-journal.ts";
import type { RecordedCommand } from "../log/commit-body.ts";
import { StoreUnavailable } from "./api.ts";
import type { Clock } from "./clock.ts";
import { decideInto } from "./decide-batch.ts";
import { type DecidedHeld, decideHeld } from "./decide-held.ts";
import { decodeHeld, encodeHeld, type HeldEntry } from "./held-entry.ts";
import { type After, within } from "./patience.ts";
import type { Outcome, PreparedCommand } from "./pending.ts";
import { domainEvent } from "./recorded.ts";
import type { Replica } from "./replica.ts";
import { Overlay } from "./world.ts";

/** The way round the main store. */
export interface EmergencyRoad {
  readonly journal: EmergencyJournal;
  readonly after: After;
}

export interface EmergencyDeps {
  /** Absent in a tool that appends beside the server: then only the log takes what comes. */
  readonly road: EmergencyRoad | undefined;
  readonly replica: Replica;
  readonly clock: Clock;
  /** What stands in the journal changed: alarm, and file the deadlines of these records. */
  readonly onChange: (refs: readonly Ref[]) => void;
  /** These records' commands stand in the log now. */
  readonly onSettled: (refs: readonly Ref[]) => void;
  /** A held command that the state no longer allowed when it was imported. */
  readonly onRefused: (entry: HeldEntry, why: Refusal) => void;
}

/** How long an SOS waits for the main store before the journal takes it. */
const PATIENCE_MS = 500;
/** What alarms although nothing can be written; its sender comes again, or the scan does. */
const STAYS_UNSAVED: ReadonlySet<string> = new Set([SOS_KIND, RAISE_CLOCK]);
/** What a desk does with a call. */
const DESK_KINDS: ReadonlySet<string> = new Set(["incident.seen", "incident.acknowledge"]);
/** About half a megabyte a commit: a document of MongoDB takes 16. */
const ENTRIES_PER_COMMIT = 1_000;
/** How long a sender waits for the journal's disk before he is told to come again. */
const JOURNAL_PATIENCE_MS = 2_000;

/** `saved`: durable in the journal. What is not alarms all the same, and is not acknowledged. */
interface Held extends HeldEntry {
  saved: Promise<void> | undefined;
  /** Another node took it, and says so itself. */
  readonly isHeard?: true;
}

/** What is imported with one commit: the first entries of the journal. */
interface DecidedNext extends DecidedHeld {
  readonly entries: readonly HeldEntry[];
}

/**
 * Calls for help while the main store does not take them: an SOS, that a desk has seen or
 * acknowledged it, and the raising of clocks. Each is decided on the state plus what is held, alarms
 * at once, goes to the journal, and enters the log in that order, in one commit, when the store is
 * back. Whoever asks for the state asks `state`, which is the world with what is held on top.
 */
export class Emergency {
  private held: Held[] = [];
  private overlay: Overlay | undefined;
  /** What was imported still stands in the journal's present files. */
  private untidy = false;
  private tidying = false;
  private readonly deps: EmergencyDeps;

  constructor(deps: EmergencyDeps) {
    this.deps = deps;
    for (const line of deps.road?.journal.found ?? []) {
      const entry = decodeHeld(line);
      if (entry) this.held.push({ ...entry, saved: Promise.resolve() });
    }
    this.rebuild();
  }

  /** World plus what is held. */
  get state(): StateReader {
    return this.overlay ?? this.deps.replica.world;
  }

  /** Server ms of the last entry; 0 without one. */
  lastAt(): number {
    return this.held.at(-1)?.at ?? 0;
  }

  get isOpen(): boolean {
    return this.held.length > 0;
  }

  /** Records that stand in the journal in another state than in the log. */
  changed(): readonly Ref[] {
    return this.overlay?.changes().map(({ ref }) => ref) ?? [];
  }

  /** Whether the journal takes such a command when the main store does not. */
  takes({ command }: PreparedCommand): boolean {
    if (!this.deps.road) return false;
    switch (command.kind) {
      case SOS_KIND:
      case RAISE_CLOCK:
        return true;
      default:
        return (
          DESK_KINDS.has(command.kind) && this.state.get("incident", command.ref.id)?.sos === true
        );
    }
  }

  /**
   * To the main store; to the journal when that refuses or keeps silent, and behind whatever the
   * journal holds already, so that the order stays.
   * @throws StoreUnavailable when neither took it.
   */
  async submit(prepared: PreparedCommand, toLog: () => Promise<Outcome>): Promise<Outcome> {
    if (!this.isOpen) {
      const outcome = await this.patiently(toLog());
      if (outcome) return outcome;
    }
    return this.take(prepared);
  }

  /** What this node took itself, for the others. A clock's level each of them raises by itself. */
  ownEntries(): readonly HeldEntry[] {
    return this.held.filter(
      ({ isHeard, prepared }) => isHeard === undefined && prepared.command.kind !== RAISE_CLOCK,
    );
  }

  /**
   * What another node holds: decided here at the time at which it was taken there, alarming at once,
   * and kept in this node's journal too, which nobody waits for. What the state here does not allow
   * (yet: this node may be behind) is left out, and comes again.
   * @returns whether there was anything new.
   */
  hear(entries: readonly HeldEntry[]): boolean {
    const { replica, onChange } = this.deps;
    const news = entries.filter(({ prepared: { command } }) => {
      const isCall = command.kind === SOS_KIND || DESK_KINDS.has(command.kind);
      return isCall && !replica.known.get(command.id) && !this.holdsAny([command.id]);
    });
    let heard = false;
    for (const { at, prepared } of news) {
      const overlay = this.overlay ?? new Overlay(replica.world);
      const seq = replica.tail.seq + 1;
      const decided = decideInto(overlay, prepared, { seq, now: at, journalledAt: at });
      if ("refusal" in decided) continue;
      const entry: Held = { at, prepared, saved: undefined, isHeard: true };
      this.held.push(entry);
      this.overlay = overlay;
      onChange(refsOf(decided));
      // Durable where it was taken: nothing here hangs on whether this disk takes it too.
      entry.saved = this.saved(entry);
      entry.saved.catch(() => undefined);
      heard = true;
    }
    return heard;
  }

  /** Commands that the memory of ids cannot answer for: the store must be asked before an import. */
  ids(): readonly { readonly id: string; readonly knownSeq: number }[] {
    return this.held.map(({ prepared }) => prepared.command);
  }

  holdsAny(ids: readonly string[]): boolean {
    return this.held.some(({ prepared }) => ids.includes(prepared.command.id));
  }

  /**
   * What would enter the log next, as commit `seq`: the first entries of the journal.
   * @param alsoKnown ids that the store said it holds.
   */
  decideNext(seq: number, alsoKnown: ReadonlySet<string>): DecidedNext {
    const entries = this.held.slice(0, ENTRIES_PER_COMMIT);
    return { ...this.decide(entries, seq, alsoKnown), entries };
  }

  private decide(
    entries: readonly HeldEntry[],
    seq: number,
    alsoKnown: ReadonlySet<string>,
  ): DecidedHeld {
    const { replica } = this.deps;
    const isKnown = (id: string) => alsoKnown.has(id) || replica.known.get(id) !== undefined;
    return decideHeld(replica.world, entries, seq, isKnown);
  }

  /** These entries stand in the log and leave the journal; one before them may be gone already. */
  settled({ entries, recorded, refused }: Omit<DecidedNext, "overlay">): void {
    const imported = new Set<HeldEntry>(entries);
    this.held = this.held.filter((entry) => !imported.has(entry));
    this.rebuild();
    this.deps.onSettled([...recorded.flatMap(refsOf), ...this.changed()]);
    for (const each of refused) this.deps.onRefused(each.entry, each.refusal);
    this.untidy = true;
    this.tidy();
  }

  /** Whether setting aside failed: said, because the same disk will have to take the next call. */
  get isUntidy(): boolean {
    return this.untidy && !this.tidying && !this.isOpen;
  }

  /**
   * Sets aside what was imported. Nobody waits for it: a disk that hangs must not take the log with
   * it. With one left the files stay; what they hold beside it is known to the log by its ids.
   */
  tidy(): void {
    const { road } = this.deps;
    if (!road || !this.untidy || this.tidying || this.isOpen) return;
    this.tidying = true;
    this.untidy = false; // what is imported meanwhile lies in the next file
    // The journal does one thing at a time: what is appended from now on goes there.
    void road.journal.setAside().then(
      () => {
        this.tidying = false;
        this.tidy();
      },
      () => {
        this.tidying = false;
        this.untidy = true; // `isUntidy` says so, and it is tried again
      },
    );
  }

  /** The world has changed below what is held. */
  rebuild(): void {
    const { replica } = this.deps;
    const { overlay } = this.decide(this.held, replica.tail.seq + 1, NONE);
    this.overlay = this.isOpen ? overlay : undefined;
  }

  /** Nothing when the store refused or was not done in time; what comes of it later is in the log. */
  private patiently(result: Promise<Outcome>): Promise<Outcome | undefined> {
    return new Promise((resolve, reject) => {
      const cancel = this.deps.road?.after(PATIENCE_MS, () => resolve(undefined));
      result
        .then(resolve, (error: unknown) => {
          if (error instanceof StoreUnavailable) resolve(undefined);
          else reject(error instanceof Error ? error : new Error(String(error)));
        })
        .finally(cancel);
    });
  }

  private async take(prepared: PreparedCommand): Promise<Outcome> {
    const { replica } = this.deps;
    const { id } = prepared.command;
    const known = replica.known.get(id);
    if (known) {
      const { seq, hash8, at } = known;
      return isSame(known, prepared) ? { ok: true, seq, hash8, at } : this.refused(reused());
    }
    const twin = this.held.find((each) => each.prepared.command.id === id);
    if (twin) return isSame(twin.prepared, prepared) ? this.keep(twin) : this.refused(reused());
    return this.hold(prepared);
  }

  private async hold(prepared: PreparedCommand): Promise<Outcome> {
    const { replica, clock, onChange } = this.deps;
    const at = Math.max(clock.now(), replica.tail.at);
    const overlay = this.overlay ?? new Overlay(replica.world);
    const seq = replica.tail.seq + 1;
    const decided = decideInto(overlay, prepared, { seq, now: at, journalledAt: at });
    if ("refusal" in decided) return this.refused(decided.refusal);
    // The alarm comes first: whether it can be kept is another matter.
    const entry: Held = { at, prepared, saved: undefined };
    this.held.push(entry);
    this.overlay = overlay;
    onChange(refsOf(decided));
    if (prepared.command.kind !== RAISE_CLOCK) return this.keep(entry);
    // A level follows from the record: lost with a crash it is raised again. A scan that waited for
    // a hung disk would raise no other.
    void this.keep(entry).catch(() => undefined);
    return this.journalled(entry);
  }

  private async keep(entry: Held): Promise<Outcome> {
    entry.saved ??= this.saved(entry);
    try {
      await within(JOURNAL_PATIENCE_MS, entry.saved, this.deps.road?.after);
    } catch (cause) {
      if (entry.saved === undefined && !STAYS_UNSAVED.has(entry.prepared.command.kind))
        this.withdraw(entry);
      throw new StoreUnavailable("neither the log nor the journal could be written", { cause });
    }
    return this.journalled(entry);
  }

  /** Nobody was told that it counts: a receipt that a crash would take must not silence an alarm. */
  private withdraw(entry: Held): void {
    this.held = this.held.filter((each) => each !== entry);
    this.rebuild();
    this.deps.onChange([...this.changed(), entry.prepared.command.ref as Ref]);
  }

  private async saved(entry: Held): Promise<void> {
    try {
      await this.deps.road?.journal.append(encodeHeld(entry));
    } catch (error) {
      entry.saved = undefined; // the sender comes again, and it is tried again
      throw error;
    }
  }

  private journalled(entry: Held): Outcome {
    const { tail } = this.deps.replica;
    const hash8 = this.deps.replica.hash8();
    return { ok: true, seq: tail.seq, hash8, at: entry.at, journalled: true };
  }

  private refused(why: Refusal): Outcome {
    const { replica } = this.deps;
    return { ok: false, seq: replica.tail.seq, hash8: replica.hash8(), refusal: why };
  }
}

const refsOf = ({ events }: RecordedCommand): Ref[] =>
  events.map((recorded) => domainEvent(recorded).ref);

const NONE: ReadonlySet<string> = new Set();

const reused = (): Refusal => refusal("ID_REUSED");

const isSame = (
  a: Pick<PreparedCommand, "payloadHash" | "actor">,
  b: Pick<PreparedCommand, "payloadHash" | "actor">,
): boolean => a.payloadHash === b.payloadHash && a.actor === b.actor;
