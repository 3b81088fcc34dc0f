import type { ViewKey } from "../../shared/domain/authority/audience.ts";
import type { Cursor } from "../../shared/wire/live.ts";
import type { SendQueue } from "./send-queue.ts";
import type { BuiltSnapshot } from "./snapshot-builder.ts";
import type { Subscriber } from "./view-registry.ts";

export type Answered = "PATCH" | "SNAPSHOT";

/** Sockets that stand at the same place and look through the same view: one answer serves them. */
interface Waiting {
  readonly view: ViewKey;
  readonly cursor: Cursor | null;
  /** The newest that one of them waited for. */
  built: BuiltSnapshot | undefined;
  readonly sockets: {
    readonly subscriber: Subscriber;
    readonly told: (how: Answered) => void;
    readonly failed: (error: unknown) => void;
  }[];
}

export interface ResumeRoomDeps {
  readonly queue: SendQueue;
  readonly yieldTurn: () => Promise<void>;
  /** Whether a client can be resumed from there. */
  readonly knows: (cursor: Cursor | null) => cursor is Cursor;
  readonly snapshotOf: (view: ViewKey) => Promise<BuiltSnapshot>;
  /** The snapshot, built anew if the one at hand can no longer be followed by a patch. */
  readonly still: (view: ViewKey, built: BuiltSnapshot | undefined) => Promise<BuiltSnapshot>;
  /** Commits came after it. */
  readonly isBehind: (at: Cursor) => boolean;
  /** Everything that the view missed since. */
  readonly missed: (view: ViewKey, since: Cursor) => Promise<string>;
}

/** Bytes and sockets that are written in one job: a few ms, then patches have their turn. */
const JOB_CHARS = 2_000_000;
const JOB_SOCKETS = 25;

/**
 * Where those wait who have come or come back. A whole province may do so within a second of an
 * outage: what many ask for is made once, and it is written to a few of them at a time.
 */
export class ResumeRoom {
  private readonly waiting = new Map<string, Waiting>();
  private readonly deps: ResumeRoomDeps;

  constructor(deps: ResumeRoomDeps) {
    this.deps = deps;
  }

  async answer(subscriber: Subscriber, cursor: Cursor | null): Promise<Answered> {
    const { view } = subscriber;
    const { knows, snapshotOf } = this.deps;
    const built = knows(cursor) ? undefined : await snapshotOf(view);
    const from = built ? null : cursor;
    const key = `${view} ${from ? `${from.seq}:${from.hash8}` : ""}`;
    return new Promise((told, failed) => {
      const there = this.waiting.get(key);
      const group = there ?? { view, cursor: from, built, sockets: [] };
      if (built) group.built = built;
      group.sockets.push({ subscriber, told, failed });
      if (there) return;
      this.waiting.set(key, group);
      this.enqueue(key, group);
    });
  }

  private enqueue(key: string, group: Waiting): void {
    void this.deps.queue.answer(async () => {
      // When a whole room comes back, commands get their turn between two snapshots.
      await this.deps.yieldTurn();
      const most = Math.max(1, Math.floor(JOB_CHARS / (group.built?.json.length ?? 1)));
      const some = group.sockets.splice(0, Math.min(most, JOB_SOCKETS));
      if (group.sockets.length > 0) this.enqueue(key, group);
      else this.waiting.delete(key);
      try {
        const how = await this.tell(group, some);
        for (const { told } of some) told(how);
      } catch (error) {
        for (const { failed } of some) failed(error);
      }
    });
  }

  private async tell(group: Waiting, some: Waiting["sockets"]): Promise<Answered> {
    const { knows, missed, isBehind, still } = this.deps;
    const { view, cursor } = group;
    const send = (event: "patch" | "snapshot", json: string) => {
      for (const { subscriber } of some) subscriber.send(event, json);
    };
    if (knows(cursor)) {
      send("patch", await missed(view, cursor));
      return "PATCH";
    }
    const snapshot = await still(view, group.built);
    group.built = snapshot;
    send("snapshot", snapshot.json);
    if (isBehind(snapshot.to)) send("patch", await missed(view, snapshot.to));
    return "SNAPSHOT";
  }
}
