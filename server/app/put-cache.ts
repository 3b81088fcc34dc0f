import type { Audience, AudienceEntry } from "../../shared/domain/authority/audience.ts";
import type { EntityType, Ref } from "../../shared/domain/kernel/ref.ts";
import type { AnyRecord, StateReader } from "../../shared/domain/kernel/state.ts";
import { audiencesOf, isLive } from "./projector.ts";

/** What is known of a live record as it stands now. */
export interface KnownRecord {
  readonly entries: readonly AudienceEntry[];
  /** Encoded puts, one per audience: all desks of one standing are sent the same bytes. */
  readonly puts: Map<Audience, string>;
}

/** So long may stand what no commit has touched: a text that was forgotten goes with it. */
const MAX_AGE_MS = 60_000;

/**
 * Who may see each live record, and its encoded puts, until a commit touches it or something that it
 * is seen through. Whoever still holds an entry that was dropped writes into what nobody reads.
 */
export class PutCache {
  private readonly byType = new Map<EntityType, Map<string, KnownRecord>>();
  private bornAt = 0;
  private readonly state: StateReader;
  private readonly monoMs: () => number;

  constructor(state: StateReader, monoMs: () => number) {
    this.state = state;
    this.monoMs = monoMs;
  }

  of(record: AnyRecord): KnownRecord {
    const byId = this.byType.get(record.type) ?? new Map<string, KnownRecord>();
    this.byType.set(record.type, byId);
    let known = byId.get(record.id);
    if (!known) {
      known = { entries: audiencesOf(record, this.state), puts: new Map() };
      byId.set(record.id, known);
    }
    return known;
  }

  /** Of a record that is over nothing is kept. */
  seenBy(record: AnyRecord): readonly AudienceEntry[] {
    return isLive(record) ? this.of(record).entries : audiencesOf(record, this.state);
  }

  /** In the turn in which the commit becomes the world. */
  touched(refs: readonly { readonly ref: Ref }[]): void {
    for (const { ref } of refs) this.byType.get(ref.type)?.delete(ref.id);
  }

  /** Before a snapshot is built. */
  forgetOld(): void {
    const now = this.monoMs();
    if (now - this.bornAt < MAX_AGE_MS) return;
    this.byType.clear();
    this.bornAt = now;
  }
}
