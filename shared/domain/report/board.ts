import type { Report, ReportHop, ReportKind, ReportState } from "./state.ts";

/** What the board reads of a report; a projection has at least this. */
export interface BoardReport {
  readonly id: string;
  readonly courtId: string;
  readonly kind: ReportKind;
  readonly state: ReportState;
  readonly submittedAt: number;
  readonly holder: { readonly courtId: string };
  readonly hops: readonly {
    readonly courtId: string;
    readonly how: ReportHop["how"];
    readonly at: number;
    readonly read?: { readonly at: number };
    readonly handled?: { readonly at: number };
  }[];
}

/** One court on the way of one report, with the times at that hop (server ms). */
export interface ReportRow {
  readonly reportId: string;
  readonly kind: Report["kind"];
  readonly fromCourtId: string;
  readonly courtId: string;
  readonly how: ReportHop["how"];
  readonly reachedAt: number;
  readonly readAt?: number;
  readonly handledAt?: number;
  /** It is this court's turn. */
  readonly holds: boolean;
}

/** Reports that this court has still to answer, and its own that wait for an answer above. */
export function reportBoard(
  reports: Iterable<BoardReport>,
  courtId: string,
): { readonly iOwe: readonly ReportRow[]; readonly owedToMe: readonly ReportRow[] } {
  const rows = [...reports]
    .filter((report) => report.state !== "HANDLED")
    .sort((a, b) => a.submittedAt - b.submittedAt || (a.id < b.id ? -1 : 1))
    .flatMap((report) => rowsOf(report));
  return {
    iOwe: rows.filter((row) => row.courtId === courtId && row.holds),
    owedToMe: rows.filter((row) => row.fromCourtId === courtId),
  };
}

const rowsOf = (report: BoardReport): ReportRow[] =>
  report.hops.map(({ courtId, how, at, read, handled }) => ({
    reportId: report.id,
    kind: report.kind,
    fromCourtId: report.courtId,
    courtId,
    how,
    reachedAt: at,
    ...(read ? { readAt: read.at } : {}),
    ...(handled ? { handledAt: handled.at } : {}),
    holds: report.holder.courtId === courtId,
  }));
