import type { ViewKey } from "../../shared/domain/authority/audience.ts";
import type { BuiltSnapshot, SnapshotBuilder, SnapshotDeps } from "./snapshot-builder.ts";

/** A snapshot may be this old; the resume patch behind it makes up for the rest. */
const MAX_AGE_MS = 5_000;

interface Kept extends BuiltSnapshot {
  readonly builtAt: number;
}

/**
 * Snapshots for whoever asks: built once for all who wait for the same view, one view after the
 * other, and kept for a while. Kept when the last subscriber goes, too: who comes and goes in a
 * circle would have it built each time.
 */
export class Snapshots {
  private readonly kept = new Map<ViewKey, Kept>();
  private readonly building = new Map<ViewKey, Promise<BuiltSnapshot>>();
  private line: Promise<unknown> = Promise.resolve();
  private readonly builder: SnapshotBuilder;
  private readonly deps: Pick<SnapshotDeps, "clock" | "ring" | "puts">;

  constructor(builder: SnapshotBuilder, deps: Pick<SnapshotDeps, "clock" | "ring" | "puts">) {
    this.builder = builder;
    this.deps = deps;
  }

  of(view: ViewKey): Promise<BuiltSnapshot> {
    const kept = this.kept.get(view);
    if (kept && !this.isOld(kept) && this.deps.ring.holds(kept.to)) return Promise.resolve(kept);
    return this.building.get(view) ?? this.built(view);
  }

  private built(view: ViewKey): Promise<BuiltSnapshot> {
    const building = this.line
      .then(() => {
        this.deps.puts.forgetOld();
        return this.builder.build(view);
      })
      .finally(() => this.building.delete(view));
    this.building.set(view, building);
    // One that failed must not stop the ones behind it; who waits for it sees the rejection.
    this.line = building.then(
      (snapshot) => this.keep(view, snapshot),
      () => undefined,
    );
    return building;
  }

  /** Not when it lacks texts, which may be there in a moment. */
  private keep(view: ViewKey, snapshot: BuiltSnapshot): void {
    for (const [other, kept] of this.kept) if (this.isOld(kept)) this.kept.delete(other);
    if (snapshot.lacking.length > 0) this.kept.delete(view);
    else this.kept.set(view, { ...snapshot, builtAt: this.deps.clock.monotonic() });
  }

  private isOld({ builtAt }: Kept): boolean {
    return this.deps.clock.monotonic() - builtAt >= MAX_AGE_MS;
  }
}
