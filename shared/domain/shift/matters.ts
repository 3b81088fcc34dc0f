import { turn } from "../delegation/turn.ts";
import { isTerminal } from "../detention/milestones.ts";
import { holderOf } from "../hold/holder.ts";
import { liveAssist } from "../incident/assist.ts";
import { isOpen } from "../incident/level.ts";
import type { Incident } from "../incident/state.ts";
import type { Clocks, RunningClock } from "../kernel/clock.ts";
import { openOf } from "../kernel/open-at.ts";
import type { StateReader } from "../kernel/state.ts";
import { isEnded as liaisonEnded } from "../liaison/lifecycle.ts";
import { owesAck } from "../notice/owed.ts";
import { isEnded as operationEnded } from "../operation/steps.ts";
import { dueClockOf } from "../order/clocks.ts";
import { openRecipients } from "../order/receipt.ts";
import type { Order } from "../order/state.ts";
import { isEnded as requestEnded } from "../police/lifecycle.ts";
import type { PoliceRequest } from "../police/state.ts";
import { clockRule } from "../rules/clock-rules.ts";
import { dutyOf } from "../supervision/duty.ts";
import type { HandoverItem, Matter, MatterKind } from "./state.ts";

const isRunning = (clocks: Clocks): boolean =>
  Object.values(clocks).some((clock) => clock.endedAt === undefined);

/** A running clock has passed its time. Time itself is not asked: the list follows from the log. */
const isOverdue = (clocks: Clocks): boolean =>
  Object.values(clocks).some((clock) => clock.endedAt === undefined && clock.level > 0);

/** Some rules warn before the time is over: only a level of its end or later says that it is. */
function isPast(clock: RunningClock): boolean {
  const raised = clockRule(clock.ruleId).levels.find(({ level }) => level === clock.level);
  if (clock.endedAt !== undefined || !raised) return false;
  const { beforeDueMs, afterMs } = raised;
  return beforeDueMs === undefined ? clock.startAt + afterMs >= clock.dueAt : beforeDueMs <= 0;
}

/** Planned only: nobody has left for it. */
const NOT_RUNNING: ReadonlySet<string> = new Set(["DRAFT", "SUBMITTED", "REJECTED", "APPROVED"]);

/** The clock of this court alone: what another recipient owes is nothing that its desk may see. */
function dueHere({ clocks }: Order, courtId: string): Clocks {
  const name = dueClockOf(courtId);
  const clock = clocks[name];
  return clock ? { [name]: clock } : {};
}

/** Owed by this court, and not signed here yet or past its due time. */
function awaitsDesk(order: Order, courtId: string): boolean {
  const receipt = order.receipts.find((each) => each.courtId === courtId);
  if (!receipt || !openRecipients(order).includes(courtId)) return false;
  const unsigned = receipt.state === "ISSUED" || receipt.state === "DELIVERED";
  return unsigned || isOverdue(dueHere(order, courtId));
}

type Found = { readonly id: string; readonly clocks?: Clocks; readonly overdue?: boolean };

function* ofCourt<T extends { readonly courtId: string }>(
  records: Iterable<T>,
  courtId: string,
  isMatter: (record: T) => boolean,
): Generator<T> {
  for (const record of records) if (record.courtId === courtId && isMatter(record)) yield record;
}

/** Of this court, or whoever's it is, on this desk: by a hand, by its clock, or to help. */
const isHere = (record: Incident | PoliceRequest, courtId: string, state: StateReader): boolean =>
  record.courtId === courtId ||
  holderOf(record, state).courtId === courtId ||
  (record.type === "incident" && liveAssist(record)?.courtId === courtId);

const matters = (kind: MatterKind, found: Iterable<Found>): Matter[] =>
  [...found].map(({ id, clocks, overdue }) => ({
    kind,
    ref: { type: kind.toLowerCase() as Lowercase<MatterKind>, id },
    overdue: overdue ?? (clocks !== undefined && isOverdue(clocks)),
  }));

const judged = ({ id, clocks }: { readonly id: string; readonly clocks: Clocks }): Found => ({
  id,
  overdue: Object.values(clocks).some(isPast),
});

/** What other courts and units wait for here, and what this court waits for from a unit. */
function mattersOfOthers(state: StateReader, courtId: string): Matter[] {
  const delegations = openOf(state, "delegation", courtId).filter((each) => turn(each) === courtId);
  const supervisions = openOf(state, "supervision", courtId).filter(
    (each) => dutyOf(each) === courtId,
  );
  const reports = openOf(state, "report", courtId).filter(
    ({ state: is, holderCourtId }) => is !== "HANDLED" && holderCourtId === courtId,
  );
  const requests = ofCourt(
    openOf(state, "liaison", courtId),
    courtId,
    (each) => !liaisonEnded(each),
  );
  return [
    ...matters("DELEGATION", delegations.map(judged)),
    ...matters("SUPERVISION", supervisions.map(judged)),
    ...matters("REPORT", reports.map(judged)),
    ...matters("LIAISON", [...requests].map(judged)),
  ];
}

/** Everything open at the court's desk now, from the state alone: the proposed hand-over list. */
export function openMatters(state: StateReader, courtId: string): Matter[] {
  const incidents = openOf(state, "incident", courtId).filter(
    (incident) => isOpen(incident) && isHere(incident, courtId, state),
  );
  const requests = openOf(state, "police", courtId).filter(
    (request) => !requestEnded(request) && isHere(request, courtId, state),
  );
  const orders = openOf(state, "order", courtId)
    .filter((order) => awaitsDesk(order, courtId))
    .map((order) => ({ id: order.id, clocks: dueHere(order, courtId) }));
  const notices = openOf(state, "notice", courtId).filter((notice) => owesAck(notice, courtId));
  return [
    ...matters("INCIDENT", incidents),
    ...matters("POLICE", requests),
    ...matters("ORDER", orders),
    ...matters(
      "DETENTION",
      ofCourt(
        openOf(state, "detention", courtId),
        courtId,
        (d) => !isTerminal(d) && isRunning(d.clocks),
      ),
    ),
    ...matters(
      "OPERATION",
      ofCourt(
        openOf(state, "operation", courtId),
        courtId,
        (operation) => !operationEnded(operation) && !NOT_RUNNING.has(operation.state),
      ),
    ),
    ...matters("NOTICE", notices),
    ...mattersOfOthers(state, courtId),
  ];
}

/** How many of each kind: in all, overdue, and not done. */
export function countsOf(items: readonly HandoverItem[]) {
  const kinds = [...new Set(items.map((item) => item.kind))];
  return kinds.map((kind) => {
    const those = items.filter((item) => item.kind === kind);
    return {
      kind,
      total: those.length,
      overdue: those.filter((item) => item.overdue).length,
      undone: those.filter((item) => !item.mark?.done).length,
    };
  });
}
