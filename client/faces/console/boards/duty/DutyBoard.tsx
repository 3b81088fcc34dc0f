import { useTranslation } from "react-i18next";
import type { SeenShift } from "../../../../store/duty-dto.ts";
import { seenAll } from "../../../../store/duty-dto.ts";
import { useLoaded, useRecordMap } from "../../../../store/use-records.ts";
import { useHello } from "../../../../store/use-session.ts";
import { formatTime } from "../../../../ui/format-time.ts";
import { useLanguage } from "../../../../ui/use-language.ts";
import { useNow } from "../../../../ui/use-now.tsx";
import { useDesk } from "../../desk/desk-context.tsx";
import { useNames } from "../../desk/names.tsx";
import { ActNow } from "../../duty/ActNow.tsx";
import { useOwnDesk } from "../../duty/use-own-desk.ts";
import { taskOn } from "../../forms/task.ts";
import { BoardRow } from "../BoardRow.tsx";
import { BoardSection } from "../BoardSection.tsx";
import { desksBelow, type FlaggedDesk } from "./desks-below.ts";
import { HandOver } from "./HandOver.tsx";
import { nextShift } from "./plan-shift.ts";
import { TakeOver } from "./TakeOver.tsx";

/** Who sits here, who comes next, what passes from one to the other, and which desks below are empty. */
export function DutyBoard() {
  const { t } = useTranslation(["duty", "common"]);
  const { shifts, on, offeredToMe } = useOwnDesk();
  const desks = useDesksBelow();
  if (!useLoaded()) return <p className="second">{t("common:list.loading")}</p>;
  return (
    <>
      {on && offeredToMe ? <TakeOver from={on} to={offeredToMe} /> : null}
      {on && !offeredToMe ? <HandOver shift={on} shifts={shifts} /> : null}
      <PlanButton shifts={shifts} />
      <BoardSection title={t("board.shifts")} rows={shifts} empty={t("board.shiftsEmpty")}>
        {(shift) => <ShiftRow key={shift.id} shift={shift} hasOn={on !== undefined} />}
      </BoardSection>
      <BoardSection title={t("board.below")} rows={desks} empty={t("board.belowEmpty")}>
        {(desk) => <DeskRow key={desk.courtId} desk={desk} />}
      </BoardSection>
    </>
  );
}

function useDesksBelow(): readonly FlaggedDesk[] {
  const courts = useRecordMap("court");
  const shifts = useRecordMap("shift");
  return desksBelow(courts, seenAll(shifts), useHello()?.courtId, { withOwn: false });
}

function PlanButton({ shifts }: { shifts: readonly SeenShift[] }) {
  const { t } = useTranslation("console");
  const { store, newId } = useDesk();
  const now = useNow(60_000);
  const plan = () =>
    store.getState().open(taskOn("shift.schedule", undefined, newId, nextShift(shifts, now)));
  return (
    <div className="duty-tools">
      <button type="button" className="duty-button" data-action="shift.schedule" onClick={plan}>
        {t("action:shift.schedule")}
      </button>
    </div>
  );
}

function ShiftRow({ shift, hasOn }: { shift: SeenShift; hasOn: boolean }) {
  const { t } = useTranslation("duty");
  const record = useRecordMap("shift").get(shift.id);
  const names = useNames();
  const language = useLanguage();
  const now = useNow(10_000);
  const time = (at: number) => formatTime(at, now, language);
  // An empty desk is just taken; a held one only by the list that was offered.
  const takes = shift.state === "SCHEDULED" && !hasOn && record !== undefined;
  return (
    <BoardRow
      about={{ type: "shift", id: shift.id }}
      tone={toneOf(shift)}
      title={`${time(shift.from)} – ${time(shift.to)} · ${names.officerOr(shift.officerId, shift.officer ?? "")}`}
      acts={
        takes ? <ActNow record={record} kind="shift.sign" label={t("take.empty")} /> : undefined
      }
    >
      <span>{t(`state.${shift.state}`)}</span>
      <span>{t(`mode.${shift.mode}`)}</span>
      {shift.signedAt === undefined ? null : (
        <span className="second">{t("board.signedAt", { time: time(shift.signedAt) })}</span>
      )}
      {shift.unsigned ? <b>{t("board.unsigned", { time: time(shift.unsigned.since) })}</b> : null}
    </BoardRow>
  );
}

function toneOf({ unsigned, state }: SeenShift): "act" | "ours" | undefined {
  if (unsigned) return "act";
  return state === "ON" ? "ours" : undefined;
}

function DeskRow({ desk: { courtId, status } }: { desk: FlaggedDesk }) {
  const { t } = useTranslation("duty");
  const names = useNames();
  const language = useLanguage();
  const now = useNow(10_000);
  const unsigned = status.kind === "UNSIGNED";
  return (
    <BoardRow
      about={{ type: "court", id: courtId }}
      tone={unsigned ? "act" : "soon"}
      title={names.court(courtId)}
    >
      <span>
        {unsigned
          ? t("board.unsigned", { time: formatTime(status.since, now, language) })
          : t("board.unplanned")}
      </span>
      {unsigned ? <span className="second">{status.shift.officer}</span> : null}
    </BoardRow>
  );
}
