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

export interface LibertyClock {
  readonly detention: DetentionRecord;
  readonly clock: ClockDto;
}

/** Every running liberty clock this phone knows of, the one due next first. Never filtered. */
export const libertyClocks = (records: readonly DetentionRecord[]): readonly LibertyClock[] =>
  records
    .flatMap((detention) =>
      (detention.dto.clocks ?? [])
        .filter((clock) => clock.liberty && clock.endedAt === undefined)
        .map((clock) => ({ detention, clock })),
    )
    .sort((a, b) => a.clock.dueAt - b.clock.dueAt);
