import type { EntityType } from "../../shared/domain/kernel/ref.ts";
import type { CommandEnvelope } from "../../shared/wire/command.ts";
import type { Platform } from "../store/platform.ts";
import type { Stores } from "../store/stores.ts";

/** What a face asks for; the link adds ids and times. */
export interface CommandRequest {
  readonly kind: string;
  readonly ref: { readonly type: EntityType; readonly id: string };
  readonly payload?: Readonly<Record<string, unknown>>;
  /** `stateRev` of the DTO that a request was made on; facts leave it out. */
  readonly rev?: number;
  /** A time that a person typed. */
  readonly statedAt?: number;
}

/** Fixes what was so when the command was made; `ageMs` is added when it is sent. */
export function makeEnvelope(
  request: CommandRequest,
  stores: Pick<Stores, "records" | "connection">,
  platform: Platform,
): CommandEnvelope {
  const { kind, ref, payload = {}, rev, statedAt } = request;
  return {
    id: platform.newId(),
    kind,
    ref: { type: ref.type, id: ref.id },
    payload: { ...payload },
    ...(rev === undefined ? {} : { rev }),
    ...(statedAt === undefined ? {} : { statedAt }),
    knownSeq: Math.max(0, stores.records.getState().cursor?.seq ?? 0),
    knownAt: Math.max(0, Math.round(stores.connection.getState().heardAt ?? 0)),
    deviceAt: Math.max(0, Math.round(platform.wallMs())),
  };
}

const MOST_AGE_MS = 86_400_000;

/** `ageMs` only within the page life that made it: another life has another monotonic clock. */
export function withAge(
  envelope: CommandEnvelope,
  madeMono: number | undefined,
  nowMono: number,
): CommandEnvelope {
  if (madeMono === undefined) return envelope;
  return { ...envelope, ageMs: Math.round(Math.min(MOST_AGE_MS, Math.max(0, nowMono - madeMono))) };
}
