import { type BoardReport, reportBoard } from "../../../../../shared/domain/report/board.ts";
import type { StoredRecord } from "../../../../store/dto.ts";

type Reports = ReadonlyMap<string, StoredRecord<"report">>;

/** What this court has to answer, and its own that wait above, of the reports in its view. */
export function reportsOf(reports: Reports, courtId: string | undefined) {
  const seen = [...reports.values()].map(
    ({ id, dto }) => ({ id, ...dto }) as unknown as BoardReport,
  );
  return reportBoard(
    seen.filter(({ hops }) => hops !== undefined),
    courtId ?? "",
  );
}
