import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { refusal } from "../../../../../shared/domain/kernel/refusal.ts";
import type { StoredRecord } from "../../../../store/dto.ts";
import { useLoaded, useRecordMap } from "../../../../store/use-records.ts";
import { useHello } from "../../../../store/use-session.ts";
import { Refusal } from "../../../../ui/Refusal.tsx";
import { useNow } from "../../../../ui/use-now.tsx";
import { RecordActs } from "../../actions/RecordActs.tsx";
import { useDesk } from "../../desk/desk-context.tsx";
import { useNames } from "../../desk/names.tsx";
import { taskOn } from "../../forms/task.ts";
import { BoardLoading } from "../BoardLoading.tsx";
import { BoardRow } from "../BoardRow.tsx";
import { BoardSection } from "../BoardSection.tsx";
import { HopTimes } from "../HopTimes.tsx";
import { reportsOf } from "./reports-of.ts";

type Row = ReturnType<typeof reportsOf>["iOwe"][number];

/** What came up to this court and waits for it, and what it sent up itself (RPT-10). */
export function ReportsBoard() {
  const { t } = useTranslation("orders");
  const reports = useRecordMap("report");
  const courtId = useHello()?.courtId;
  const own = useRecordMap("court").get(courtId ?? "");
  const isTop = own !== undefined && own.dto.parentId === undefined;
  const { iOwe, owedToMe } = reportsOf(reports, courtId);
  const now = useNow(1_000);
  const { store, newId } = useDesk();
  if (!useLoaded()) return <BoardLoading />;
  const row = (each: Row) => (
    <ReportLine
      key={`${each.reportId} ${each.courtId}`}
      row={each}
      record={reports.get(each.reportId)}
      now={now}
    />
  );
  return (
    <>
      {isTop ? (
        <Refusal refusal={refusal("NO_COURT_ABOVE", { ruleId: "RPT-1" })} />
      ) : (
        <Button
          type="primary"
          data-action="report.submit"
          onClick={() => store.getState().open(taskOn("report.submit", undefined, newId))}
        >
          {t("action:report.submit")}
        </Button>
      )}
      <BoardSection title={t("report.iOwe")} rows={iOwe} empty={t("report.iOweEmpty")}>
        {row}
      </BoardSection>
      <BoardSection title={t("report.owedToMe")} rows={owedToMe} empty={t("report.owedEmpty")}>
        {row}
      </BoardSection>
    </>
  );
}

interface LineProps {
  readonly row: Row;
  readonly record: StoredRecord<"report"> | undefined;
  readonly now: number;
}

const ACTS = ["report.read", "report.handle"] as const;

function ReportLine({ row, record, now }: LineProps) {
  const { t } = useTranslation("orders");
  const names = useNames();
  const { reachedAt, readAt, handledAt, how } = row;
  const submittedAt = record?.dto.submittedAt;
  const hops = [
    { key: "SUBMITTED", word: t("report.state.SUBMITTED"), at: submittedAt },
    { key: "REACHED", word: t(`report.how.${how}`), at: reachedAt },
    { key: "READ", word: t("report.state.READ"), at: readAt },
    { key: "HANDLED", word: t("report.state.HANDLED"), at: handledAt },
  ].flatMap(({ key, word, at }) => (at === undefined ? [] : [{ key, word, at }]));
  const kinds = readAt === undefined ? ACTS : ACTS.slice(1);
  return (
    <BoardRow
      about={{ type: "report", id: row.reportId }}
      tone={row.kind === "REQUEST_SUPPORT" && readAt === undefined ? "soon" : undefined}
      title={`${t(`report.kind.${row.kind}`)} · ${names.court(row.fromCourtId)} → ${names.court(row.courtId)}`}
      acts={record && row.holds ? <RecordActs record={record} kinds={kinds} /> : undefined}
    >
      <HopTimes hops={hops} now={now} />
      {row.holds ? null : <span className="second">{t("report.copy")}</span>}
    </BoardRow>
  );
}
