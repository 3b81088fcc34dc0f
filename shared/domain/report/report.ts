import {
  type AudienceEntry,
  courtViews,
  type Standing,
  uniqueViews,
} from "../authority/audience.ts";
import { clockDeadlines } from "../kernel/clock.ts";
import type { EntityModule } from "../kernel/module.ts";
import { openLinks } from "../kernel/open-at.ts";
import type { Bilingual } from "../kernel/refusal.ts";
import { REPORT_COMMANDS } from "./commands.ts";
import { REPORT_EVENT_TYPES, type ReportEvent } from "./events.ts";
import { evolveReport } from "./evolve.ts";
import { projectReport } from "./project.ts";
import { REPORT_REFUSALS } from "./refusals.ts";
import type { Report } from "./state.ts";

/** The reporting court and every court above that the report has reached. */
function audiences(report: Report): readonly AudienceEntry[] {
  const parent = report.tierPath.at(-2);
  const standing = (courtId: string): Standing => (courtId === parent ? "parent" : "high");
  return uniqueViews([
    ...courtViews(report.courtId, "own"),
    ...report.hops.flatMap(({ courtId }) => courtViews(courtId, standing(courtId))),
  ]);
}

const LINES: Readonly<Record<ReportEvent["type"] | "ClockRaised", Bilingual>> = {
  ReportSubmitted: { zh: "报告上报", en: "Report submitted" },
  ReportRead: { zh: "报告已阅", en: "Report read" },
  ReportHandled: { zh: "报告已处理", en: "Report handled" },
  ClockRaised: { zh: "报告未阅或未处理，升级", en: "Report not read or not answered, climbing" },
};

const links = ({ operationId, incidentId, orderId, state, holderCourtId }: Report): string[] => [
  ...openLinks(state !== "HANDLED", [holderCourtId]),
  ...(operationId ? [`operation:${operationId}`] : []),
  ...(incidentId ? [`incident:${incidentId}`] : []),
  ...(orderId ? [`order:${orderId}`] : []),
];

export const reportModule: EntityModule<"report"> = {
  type: "report",
  eventTypes: REPORT_EVENT_TYPES,
  commands: REPORT_COMMANDS,
  refusals: REPORT_REFUSALS,
  evolve: evolveReport,
  standing: (report) => `${report.state} ${report.holderCourtId}`,
  parts: (report) => ({
    sender: [report.submittedBy],
    recipientCourt: report.hops.map((hop) => hop.courtId),
  }),
  links,
  live: (report) => report.state !== "HANDLED",
  dependents: () => [],
  deadlines: (report) => clockDeadlines({ type: "report", id: report.id }, report.clocks),
  audiences,
  project: projectReport,
  line: (event) => LINES[event.type as keyof typeof LINES],
};
