import { type ClockRaised, endClocks, foldClockRaised, withClocks } from "../kernel/clock.ts";
import type { DomainEvent, EventMeta } from "../kernel/event.ts";
import { newRecord } from "../kernel/new-record.ts";
import type { ReportEvent } from "./events.ts";
import type { Report, ReportHop } from "./state.ts";

/** Name of the clock that waits for a request for support to be read. */
export const READ_CLOCK = "read";
/** … and, once somebody has read it, to be answered. */
export const HANDLE_CLOCK = "handle";

type Later = Exclude<ReportEvent, { type: "ReportSubmitted" }> | ClockRaised;
type Event<T extends ReportEvent["type"]> = Extract<ReportEvent, { type: T }>;

export function evolveReport(
  report: Report | undefined,
  raw: DomainEvent,
  meta: EventMeta,
): Report {
  const event = raw as ReportEvent | ClockRaised;
  if (event.type === "ReportSubmitted") return submitted(event, meta);
  if (!report) throw new Error(`${event.type} before ReportSubmitted`);
  return changed(report, event, meta);
}

function changed(report: Report, event: Later, meta: EventMeta): Report {
  switch (event.type) {
    case "ClockRaised":
      return climbed(report, event, meta);
    case "ReportRead":
      return read(report, event.data, meta);
    case "ReportHandled":
      return handled(report, event, meta);
  }
}

function submitted(event: Event<"ReportSubmitted">, meta: EventMeta): Report {
  const { belongs, toCourtId, copiedCourtIds, flags = [], clocks, ...content } = event.data;
  return {
    ...newRecord("report", event.ref.id, belongs, meta),
    ...content,
    state: "SUBMITTED",
    submittedAt: meta.at,
    hops: [
      { courtId: toCourtId, how: "TO", at: meta.at },
      ...copiedCourtIds.map((courtId): ReportHop => ({ courtId, how: "COPY", at: meta.at })),
    ],
    holderCourtId: toCourtId,
    conflicts: flags.map((note) => ({
      commandId: meta.commandId,
      event: event.type,
      at: meta.at,
      occurredAt: meta.at,
      note,
    })),
    clocks: withClocks({}, clocks, meta),
  };
}

/** Unread or unanswered, it goes one tier up; above the High Court there is nobody. */
function climbed(report: Report, event: ClockRaised, meta: EventMeta): Report {
  const clocks = foldClockRaised(report.clocks, event);
  const { tierPath, holderCourtId } = report;
  const next = tierPath[tierPath.indexOf(holderCourtId) - 1];
  if (clocks === report.clocks || next === undefined) return { ...report, clocks };
  // A copy that was read for information is read anew: now it is to be answered.
  return {
    ...report,
    clocks,
    holderCourtId: next,
    hops: [
      ...report.hops.filter((hop) => hop.courtId !== next),
      { courtId: next, how: "CLIMBED", at: meta.at },
    ],
  };
}

const at = (
  report: Report,
  courtId: string,
  change: (hop: ReportHop) => ReportHop,
): readonly ReportHop[] => report.hops.map((hop) => (hop.courtId === courtId ? change(hop) : hop));

/** Whoever first reads what is addressed to it has it; a copy is read for information. */
function read(
  report: Report,
  { courtId, clocks }: Event<"ReportRead">["data"],
  meta: EventMeta,
): Report {
  const hops = at(report, courtId, (hop) => ({
    ...hop,
    read: hop.read ?? { at: meta.at, by: meta.by },
  }));
  const takes = hops.some((hop) => hop.courtId === courtId && hop.how !== "COPY");
  if (!takes || report.state !== "SUBMITTED") return { ...report, hops };
  return {
    ...report,
    hops,
    state: "READ",
    holderCourtId: courtId,
    clocks: withClocks(endClocks(report.clocks, [READ_CLOCK], meta.at), clocks, meta),
  };
}

function handled(report: Report, { data }: Event<"ReportHandled">, meta: EventMeta): Report {
  const { courtId, text } = data;
  const seen = read(report, { courtId, clocks: [] }, meta);
  return {
    ...seen,
    state: "HANDLED",
    hops: at(seen, courtId, (hop) => ({ ...hop, handled: { at: meta.at, by: meta.by, text } })),
    clocks: endClocks(seen.clocks, [READ_CLOCK, HANDLE_CLOCK], meta.at),
  };
}
