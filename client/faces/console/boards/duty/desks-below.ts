import { type DeskStatus, deskStatus } from "../../../../../shared/domain/shift/desk-status.ts";
import type { StoredRecord } from "../../../../store/dto.ts";
import type { SeenShift } from "../../../../store/duty-dto.ts";

/** A desk without a plan, or that nobody has signed for. */
export interface FlaggedDesk {
  readonly courtId: string;
  readonly status: Extract<DeskStatus<SeenShift>, { kind: "UNPLANNED" | "UNSIGNED" }>;
}

type Courts = ReadonlyMap<string, StoredRecord<"court">>;

/** Desks of the courts directly below that need a word, the unsigned ones first (SHF-14). */
export function desksBelow(
  courts: Courts,
  shifts: readonly SeenShift[],
  courtId: string | undefined,
  { withOwn }: { readonly withOwn: boolean },
): FlaggedDesk[] {
  return [...courts.values()]
    .filter(({ id, dto }) => dto.parentId === courtId || (withOwn && id === courtId))
    .flatMap(({ id }) => {
      const status = deskStatus(shifts, id);
      return status.kind === "UNPLANNED" || status.kind === "UNSIGNED"
        ? [{ courtId: id, status }]
        : [];
    })
    .sort((a, b) => Number(b.status.kind === "UNSIGNED") - Number(a.status.kind === "UNSIGNED"));
}
