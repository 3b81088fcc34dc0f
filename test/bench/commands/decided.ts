import { decideInto } from "../../../server/app/decide-batch.ts";
import type { PreparedCommand } from "../../../server/app/pending.ts";
import { foldRecorded, metaOf } from "../../../server/app/recorded.ts";
import { Overlay, World } from "../../../server/app/world.ts";
import type { RecordedCommand } from "../../../server/log/commit-body.ts";
import { actorId } from "../../../shared/domain/authority/actor.ts";
import { foldEvent } from "../../../shared/domain/fold.ts";
import { type AnyRecord, getRef } from "../../../shared/domain/kernel/state.ts";
import { Appeal } from "../../support/random-play/appeal.ts";
import { GUIDED } from "../../support/random-play/guidance.ts";
import { Player } from "../../support/random-play/player.ts";
import { openRecords } from "../many-events.ts";

/** One command as it comes to the decision, with the time and the number that it was given. */
interface Played {
  readonly prepared: PreparedCommand;
  readonly now: number;
  readonly seq: number;
}

/** As many as a server decides on one overlay. */
export const BATCH = 64;
const SEED = 6;

/**
 * A province with so many open records and everything that a history of all kinds of records, with
 * time and clocks, brings to be decided in it: accepted and refused, as they came.
 */
export class PlayedProvince {
  private readonly first: readonly AnyRecord[];
  private readonly played: readonly Played[];
  private readonly accepted: readonly { readonly recorded: RecordedCommand; readonly at: Played }[];

  constructor({ live, turns }: { readonly live: number; readonly turns: number }) {
    const { first, played } = playedHistory(turns);
    this.first = [...first, ...filler(live)];
    this.played = played;
    this.accepted = decidedIn(this.begun(), played);
  }

  get kinds(): number {
    return new Set(this.played.map(({ prepared }) => prepared.command.kind)).size;
  }

  get acceptedShare(): number {
    return this.accepted.length / this.played.length;
  }

  /** A world in which nothing of it has happened yet. */
  begun(): World {
    const world = new World();
    for (const record of this.first) world.put(record);
    return world;
  }

  /** All of it decided and folded. @returns commands. */
  decide(world: World): number {
    const taken = decidedIn(world, this.played).length;
    if (taken !== this.accepted.length) throw new Error(`${taken} were taken`);
    return this.played.length;
  }

  /** The limit: what was decided is only folded. @returns commands. */
  fold(world: World): number {
    for (let from = 0; from < this.accepted.length; from += BATCH) {
      const overlay = new Overlay(world);
      for (const { recorded, at } of this.accepted.slice(from, from + BATCH))
        foldRecorded(overlay, recorded, metaOf(recorded, at.seq, at.now));
      overlay.mergeInto(world);
    }
    return this.accepted.length;
  }
}

function decidedIn(world: World, played: readonly Played[]) {
  const accepted: { recorded: RecordedCommand; at: Played }[] = [];
  for (let from = 0; from < played.length; from += BATCH) {
    const overlay = new Overlay(world);
    for (const at of played.slice(from, from + BATCH)) {
      const recorded = decideInto(overlay, at.prepared, at);
      if (!("refusal" in recorded)) accepted.push({ recorded, at });
    }
    overlay.mergeInto(world);
  }
  return accepted;
}

function playedHistory(turns: number) {
  const player = new Player(SEED, new Appeal(GUIDED));
  const { story } = player;
  const played: Played[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    for (const { given, decision } of player.turn()) {
      const { actor, kind, ref, payload, rev, occurred } = given;
      const seq = decision.ok ? story.seq : story.seq + 1;
      const id = `play-${String(seq).padStart(6, "0")}`;
      const { now } = story;
      played.push({
        seq,
        now,
        prepared: {
          command: {
            id,
            kind,
            ref,
            payload,
            knownSeq: seq - 1,
            ...(rev === undefined ? {} : { rev }),
          },
          actor: actorId(actor),
          session: "bench",
          knownAt: now,
          receivedAt: now,
          occurred: occurred ?? { earliest: now, latest: now },
          payloadHash: "",
        },
      });
    }
  }
  return { first: story.first, played };
}

/** Open records of courts of their own. */
function filler(live: number): AnyRecord[] {
  const world = new World();
  const courts = Array.from({ length: 100 }, (_, i) => ({
    courtId: `other-${i}`,
    tierPath: ["high", `other-${i % 10}`, `other-${i}`],
  }));
  let seq = 0;
  for (const text of openRecords({ live, courts })) {
    const event = JSON.parse(text);
    seq += 1;
    const at = { earliest: 0, latest: 0 };
    const meta = {
      seq,
      at: 0,
      commandId: `filler-${seq}`,
      by: "system",
      receivedAt: 0,
      occurred: at,
    };
    world.put(foldEvent(getRef(world, event.ref), event, meta));
  }
  return world.capture().flatMap(({ type }) => [...world.all(type)]);
}
