import type { ClockDto } from "../../../shared/domain/kernel/clock.ts";
import type { StoredRecord } from "../../store/dto.ts";

type DetentionRecord = StoredRecord<"detention">;

/** Approved or proposed for this operation and nobody controlled yet: taken up before another is made. */
export const waitingDetentions = (
  records: readonly DetentionRecord[],
  operationId: string | undefined,
): readonly DetentionRecord[] =>
  records.filter(
    ({ dto }) =>
      (dto.state === "APPROVED" || dto.state === "PROPOSED") &&
      (operationId === undefined || dto.operationId === operationId),
  );

/** A person held, as far as this phone knows, with every running clock of his liberty. */
export interface Held {
  readonly detention: DetentionRecord;
  /** The one due next first. */
  readonly clocks: readonly ClockDto[];
}

/** Never filtered; the person whose clock is due next comes first. */
export const heldPersons = (records: readonly DetentionRecord[]): readonly Held[] =>
  records
    .map((detention) => ({
      detention,
      clocks: (detention.dto.clocks ?? [])
        .filter((clock) => clock.liberty && clock.endedAt === undefined)
        .sort((a, b) => a.dueAt - b.dueAt),
    }))
    .filter(({ clocks }) => clocks.length > 0)
    .sort((a, b) => (a.clocks[0]?.dueAt ?? 0) - (b.clocks[0]?.dueAt ?? 0));
