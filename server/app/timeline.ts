import {
  type Audience,
  type Standing,
  seatOf,
  standingOf,
  type ViewKey,
} from "../../shared/domain/authority/audience.ts";
import { isLate } from "../../shared/domain/kernel/event.ts";
import type { Ref } from "../../shared/domain/kernel/ref.ts";
import { getRef, type StateReader } from "../../shared/domain/kernel/state.ts";
import { officerShort } from "../../shared/domain/mask.ts";
import { moduleOf } from "../../shared/domain/modules.ts";
import { parseCommitBody, type RecordedCommand } from "../log/commit-body.ts";
import type { Commit, LogStore } from "../log/log-store.ts";
import type { TimelineEntry } from "./api.ts";
import { TIMELINE_COMMITS } from "./history.ts";
import { audienceFor, audiencesOf } from "./projector.ts";
import { domainEvent, metaOf } from "./recorded.ts";
import type { Replica } from "./replica.ts";

/** A record's timeline, read from the log and projected under present rights. */
export async function timelineOf(
  view: ViewKey,
  ref: Ref,
  deps: { readonly replica: Replica; readonly log: LogStore },
): Promise<TimelineEntry[] | undefined> {
  const { world, timelines } = deps.replica;
  const record = getRef(world, ref);
  const audience = record && audienceFor(view, audiencesOf(record, world));
  if (!record || !audience) return undefined;
  const entries: TimelineEntry[] = [];
  for (const seq of timelines.seqs(ref).slice(-TIMELINE_COMMITS)) {
    const [commit] = await deps.log.read(seq - 1, 1);
    if (commit) entries.push(...entriesOf(commit, ref, audience, deps.replica));
  }
  return entries;
}

function entriesOf(
  commit: Commit,
  ref: Ref,
  audience: Audience,
  replica: Replica,
): TimelineEntry[] {
  const parsed = parseCommitBody(commit.body);
  if (!parsed.ok) return [];
  return parsed.body.commands.flatMap((command) =>
    entriesOfCommand(command, commit, ref, audience, replica),
  );
}

function entriesOfCommand(
  command: RecordedCommand,
  commit: Commit,
  ref: Ref,
  audience: Audience,
  { world }: Replica,
): TimelineEntry[] {
  const record = getRef(world, ref);
  if (!record) return [];
  const meta = metaOf(command, commit.seq, commit.at);
  const late = isLate(meta);
  return command.events.flatMap((recorded) => {
    if (recorded.ref.type !== ref.type || recorded.ref.id !== ref.id) return [];
    const said = moduleOf(ref.type).line(domainEvent(recorded), record as never, audience);
    if (!said) return [];
    const by = nameOf(command.actor, audience, world);
    return [
      {
        seq: commit.seq,
        at: commit.at,
        ...(late ? { late, occurredAt: meta.occurred.earliest } : {}),
        ...(by === undefined ? {} : { by }),
        ...said,
      },
    ];
  });
}

/**
 * Full name at own court and parent; surname and title for everybody else and on every wall
 * (authority.md 5.2). People of linked units are named on consoles only (UNIT-10).
 */
function nameOf(actor: string, audience: Audience, world: StateReader): string | undefined {
  const officer = world.get("officer", actor);
  if (!officer) return undefined;
  const seat = seatOf(audience);
  if (officer.unitId !== undefined && (seat === "wall" || seat === "field")) return undefined;
  const isFull = seat !== "wall" && FULL_NAMES.has(standingOf(audience));
  return isFull ? `${officer.name} ${officer.title}` : officerShort(officer.name, officer.title);
}

const FULL_NAMES: ReadonlySet<Standing> = new Set(["own", "parent", "issuer"]);
