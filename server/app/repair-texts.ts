import type { ViewKey } from "../../shared/domain/authority/audience.ts";
import type { Ref } from "../../shared/domain/kernel/ref.ts";
import type { LackingTexts } from "./lacking-texts.ts";
import { projectRefs } from "./project-records.ts";
import type { Projector } from "./projector.ts";
import type { Replica } from "./replica.ts";
import type { SnapshotBuilder } from "./snapshot-builder.ts";
import type { ViewRegistry } from "./view-registry.ts";

export interface RepairDeps {
  readonly replica: Replica;
  readonly projector: Projector;
  readonly registry: ViewRegistry;
  readonly builder: SnapshotBuilder;
  readonly lacking: LackingTexts;
  /** The queue of everything that is sent, in commit order. */
  readonly enqueue: <T>(job: () => Promise<T>) => Promise<T>;
}

/**
 * Once the texts can be read that were missing, each view that was sent a record without them gets a
 * snapshot. A patch would not do: at the same commit a client ignores it.
 */
export class TextRepair {
  private running: Promise<void> | undefined;
  private readonly deps: RepairDeps;

  constructor(deps: RepairDeps) {
    this.deps = deps;
  }

  /** One at a time: who asks while one runs waits for it. */
  run(): Promise<void> {
    this.running ??= this.repairAll().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  /** Resolves when nothing is being repaired. */
  async idle(): Promise<void> {
    await this.running;
  }

  private async repairAll(): Promise<void> {
    const { lacking, projector } = this.deps;
    if (lacking.isEmpty) return;
    const missing = lacking.all().flatMap(([view, refs]) => projectRefs(this.deps, view, refs));
    if (!(await projector.load(missing))) return;
    for (const [key, sent] of lacking.take()) {
      const isRepaired = await this.repair(key, sent).catch(() => false);
      if (!isRepaired) lacking.note(key, sent); // tried again the next time
    }
  }

  /** Built outside the queue, so that patches go on; returns whether it could be sent. */
  private async repair(key: ViewKey, sent: readonly Ref[]): Promise<boolean> {
    const { registry, builder, replica, lacking, enqueue } = this.deps;
    if (registry.get(key) === undefined) return true;
    // How a record ended is no part of a snapshot; without it the screen would keep the gap.
    const built = await builder.build(key, sent);
    return enqueue(async () => {
      // A screen does not go back in time. What the first try built is at hand: this takes one turn.
      const isOld = built.to.seq < replica.tail.seq;
      const { json, lacking: still } = isOld ? await builder.buildInOneTurn(key, sent) : built;
      lacking.note(key, still);
      for (const subscriber of registry.get(key)?.subscribers ?? [])
        subscriber.send("snapshot", json);
      return true;
    });
  }
}
