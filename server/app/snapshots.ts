import type { ViewKey } from "../../shared/domain/authority/audience.ts";
import type { BuiltSnapshot, SnapshotBuilder, SnapshotDeps } from "./snapshot-builder.ts";

/** A snapshot may be this old; the resume patch behind it makes up for the rest. */
const MAX_AGE_MS = 5_000;
/** Characters, a byte or two each. One view has a few MB, and a province has hundreds of views. */
const MOST_KEPT = 32 * 1024 * 1024;

type SnapshotsDeps = Pick<SnapshotDeps, "clock"> & {
  readonly ring: Pick<SnapshotDeps["ring"], "holds">;
  readonly puts: Pick<SnapshotDeps["puts"], "forgetOld">;
};

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
  private readonly builder: Pick<SnapshotBuilder, "build">;
  private readonly deps: SnapshotsDeps;

  constructor(builder: Pick<SnapshotBuilder, "build">, deps: SnapshotsDeps) {
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

  /** Periodically, too: after the last storm nobody builds one that would push the old ones out. */
  forgetOld(): void {
    for (const [view, kept] of this.kept) if (this.isOld(kept)) this.kept.delete(view);
  }

  /** Not when it lacks texts, which may be there in a moment. */
  private keep(view: ViewKey, snapshot: BuiltSnapshot): void {
    this.forgetOld();
    this.kept.delete(view);
    if (snapshot.lacking.length > 0) return;
    this.kept.set(view, { ...snapshot, builtAt: this.deps.clock.monotonic() });
    this.forgetBeyond(MOST_KEPT);
  }

  /** The oldest first. */
  private forgetBeyond(limit: number): void {
    let sum = 0;
    for (const { json } of this.kept.values()) sum += json.length;
    for (const [view, { json }] of this.kept) {
      if (sum <= limit) return;
      this.kept.delete(view);
      sum -= json.length;
    }
  }

  private isOld({ builtAt }: Kept): boolean {
    return this.deps.clock.monotonic() - builtAt >= MAX_AGE_MS;
  }
}
