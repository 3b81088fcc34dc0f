import type { StateReader } from "../../../shared/domain/kernel/state.ts";
import { type BatchFix, decodeBatch, positionBatch } from "../../../shared/wire/position-batch.ts";
import type { FixSource } from "../../../shared/wire/position-frame.ts";
import { batchFixToFix } from "../../app/positions/fix.ts";
import { countsOf, type IngestCounts, type PositionIngest } from "../../app/positions/ingest.ts";
import type { SignedIn } from "../sessions.ts";

export interface PositionIntakeDeps {
  readonly world: StateReader;
  readonly ingest: PositionIngest;
  readonly now: () => number;
  readonly counted: (counts: IngestCounts) => void;
}

/**
 * A batch from an officer's socket or request, in either form. Never throws for what came in. The
 * answer comes when the track has the fixes; NOT_STORED: keep them and send them again.
 */
export async function takePositions(
  who: SignedIn,
  body: unknown,
  source: FixSource,
  { world, ingest, now, counted }: PositionIntakeDeps,
): Promise<{ readonly storedUpTo?: number; readonly error?: string }> {
  const { subject } = who;
  if (subject.kind === "kiosk" || subject.kind === "observer") return { error: "READ_ONLY" };
  const officer = world.get("officer", subject.officerId);
  // Of people of linked units nobody asks where they are.
  if (officer?.unitId !== undefined) return { error: "READ_ONLY" };
  const fixes = fixesOf(body);
  if (!officer || !fixes) return { error: "MALFORMED" };
  const deviceId = subject.kind === "device" ? subject.deviceId : `session:${who.sessionId}`;
  const sender = { officerId: officer.id, deviceId, trackIndex: officer.trackIndex, source };
  const receivedAt = now();
  const result = ingest.ingest(fixes.map((fix) => batchFixToFix(fix, sender, receivedAt)));
  const kept = await result.kept;
  counted(countsOf(result.counts, kept));
  if (!kept) return { error: "NOT_STORED" };
  return result.storedUpTo === undefined ? {} : { storedUpTo: result.storedUpTo };
}

function fixesOf(body: unknown): readonly BatchFix[] | undefined {
  if (body instanceof Uint8Array) {
    const batch = decodeBatch(body);
    return batch.ok ? batch.value : undefined;
  }
  const batch = positionBatch.safeParse(body);
  return batch.success ? batch.data.fixes : undefined;
}
