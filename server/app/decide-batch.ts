import { type Actor, actorOf, SYSTEM, SYSTEM_ID } from "../../shared/domain/authority/actor.ts";
import { decide } from "../../shared/domain/decide.ts";
import { type Refusal, refusal } from "../../shared/domain/kernel/refusal.ts";
import { commandEntry } from "../../shared/domain/modules.ts";
import type { RecordedCommand } from "../log/commit-body.ts";
import { asRecorded } from "./as-recorded.ts";
import type { KnownCommand } from "./known-commands.ts";
import type { Pending, PreparedCommand } from "./pending.ts";
import { foldRecorded, metaOf } from "./recorded.ts";
import { Overlay, type World } from "./world.ts";

/** One command of a batch after its decision, before anything is durable. */
export type Verdict =
  | { readonly pending: Pending; readonly kind: "RECORD"; readonly recorded: RecordedCommand }
  | { readonly pending: Pending; readonly kind: "KNOWN"; readonly known: KnownCommand }
  /** The same command stands earlier in this batch: they share the commit to come. */
  | { readonly pending: Pending; readonly kind: "TWIN" }
  | { readonly pending: Pending; readonly kind: "REFUSE"; readonly refusal: Refusal };

export interface DecidedBatch {
  readonly overlay: Overlay;
  readonly verdicts: readonly Verdict[];
  readonly recorded: readonly RecordedCommand[];
}

/**
 * Decides a batch in order of arrival on one overlay, with one `now` for all. An event that cannot
 * be folded is never recorded: its command is refused and leaves no trace in the overlay.
 * @param lookup what is known about a command id (memory, or the store's answer fetched before).
 */
export function decideBatch(
  world: World,
  batch: readonly Pending[],
  seq: number,
  now: number,
  lookup: (id: string) => KnownCommand | undefined,
): DecidedBatch {
  const overlay = new Overlay(world);
  const verdicts: Verdict[] = [];
  const inBatch = new Map<string, PreparedCommand>();
  for (const pending of batch) {
    const { prepared } = pending;
    const { id } = prepared.command;
    const verdict =
      verdictOnTwin(pending, inBatch.get(id)) ??
      verdictOnKnown(pending, lookup(id)) ??
      verdictOnNew(overlay, pending, seq, now);
    verdicts.push(verdict);
    if (verdict.kind === "RECORD") inBatch.set(id, prepared);
  }
  const recorded = verdicts.flatMap((v) => (v.kind === "RECORD" ? [v.recorded] : []));
  return { overlay, verdicts, recorded };
}

function verdictOnTwin(pending: Pending, twin: PreparedCommand | undefined): Verdict | undefined {
  return twin && (isSame(pending, twin) ? { pending, kind: "TWIN" } : reused(pending));
}

function verdictOnKnown(pending: Pending, known: KnownCommand | undefined): Verdict | undefined {
  return known && (isSame(pending, known) ? { pending, kind: "KNOWN", known } : reused(pending));
}

/** The same id with another payload or actor never takes effect. */
const isSame = (
  { prepared }: Pending,
  known: Pick<PreparedCommand, "payloadHash" | "actor">,
): boolean => known.payloadHash === prepared.payloadHash && known.actor === prepared.actor;

const reused = (pending: Pending): Verdict => ({
  pending,
  kind: "REFUSE",
  refusal: refusal("ID_REUSED"),
});

function verdictOnNew(overlay: Overlay, pending: Pending, seq: number, now: number): Verdict {
  const decided = decideInto(overlay, pending.prepared, { seq, now });
  return "refusal" in decided
    ? { pending, kind: "REFUSE", refusal: decided.refusal }
    : { pending, kind: "RECORD", recorded: decided };
}

/** Where and when a command is decided; `journalledAt` if it came through the emergency journal. */
interface Deciding {
  readonly seq: number;
  readonly now: number;
  readonly journalledAt?: number;
}

/** Decides one command on the overlay and folds its events into it; a refusal leaves no trace. */
export function decideInto(
  overlay: Overlay,
  prepared: PreparedCommand,
  { seq, now, journalledAt }: Deciding,
): RecordedCommand | { readonly refusal: Refusal } {
  const actor = actorFor(overlay, prepared);
  if (!actor) return { refusal: refusal("NO_SUCH_OFFICER") };
  const decision = decide(overlay, prepared.command, { actor, now, occurred: prepared.occurred });
  if (!decision.ok) return { refusal: decision.refusal };
  // As it will be read back at replay: no undefined, no -0, nothing shared with live objects.
  const events = asRecorded(decision.events) as RecordedCommand["events"];
  const court = actor.kind === "person" ? actor.courtId : "";
  const recorded = recordedAs(prepared, court, events, journalledAt);
  // What cannot be folded throws before it is put: a single event needs no trial.
  const trial = recorded.events.length === 1 ? overlay : new Overlay(overlay);
  try {
    foldRecorded(trial, recorded, metaOf(recorded, seq, now));
  } catch (error) {
    const reason = error instanceof Error ? error.message : "unknown";
    return { refusal: refusal("CANNOT_FOLD", { params: { reason } }) };
  }
  if (trial !== overlay) trial.mergeInto(overlay);
  return recorded;
}

type Recording = { -readonly [K in keyof RecordedCommand]: RecordedCommand[K] };

/** What not each has comes last: spread into the middle it made every field a slow one. */
function recordedAs(
  prepared: PreparedCommand,
  court: string,
  events: RecordedCommand["events"],
  journalledAt: number | undefined,
): RecordedCommand {
  const { command, device } = prepared;
  const recording: Recording = {
    id: command.id,
    kind: command.kind,
    actor: prepared.actor,
    court,
    session: prepared.session,
    knownSeq: command.knownSeq,
    knownAt: prepared.knownAt,
    receivedAt: prepared.receivedAt,
    occurredAt: prepared.occurred,
    payloadHash: prepared.payloadHash,
    events,
  };
  if (device !== undefined) recording.device = device;
  if (journalledAt !== undefined) recording.journalledAt = journalledAt;
  return recording;
}

/** A fact is authorised as of what its sender knew; everything else as of now. */
function actorFor(overlay: Overlay, prepared: PreparedCommand): Actor | undefined {
  if (prepared.actor === SYSTEM_ID) return SYSTEM;
  const { kind, knownSeq } = prepared.command;
  const isFact = commandEntry(kind)?.spec.nature === "FACT";
  return actorOf(overlay, prepared.actor, isFact && knownSeq > 0 ? knownSeq : undefined);
}
