import type {
  DetentionState,
  DetentionTimes,
  DetentionType,
} from "../../../shared/domain/detention/state.ts";
import type { DtoOf } from "../../store/dto.ts";

/** What an officer on the street may report about a person held. */
export type DetentionReport =
  | "detention.control"
  | "detention.arrive"
  | "detention.startInquiry"
  | "detention.endInquiry"
  | "detention.transit"
  | "detention.intake"
  | "detention.refuseIntake"
  | "detention.notifyFamily"
  | "detention.release";

/** The way through, in order; 拒收 and 家属通知 stand beside it. */
const WAY: Readonly<Record<DetentionType, readonly DetentionReport[]>> = {
  COMPEL: [
    "detention.control",
    "detention.arrive",
    "detention.startInquiry",
    "detention.endInquiry",
    "detention.release",
  ],
  DETAIN: [
    "detention.control",
    "detention.transit",
    "detention.arrive",
    "detention.intake",
    "detention.notifyFamily",
    "detention.release",
  ],
};

/** How far along `WAY` a state is: the index of the next report. */
const REACHED: Readonly<Record<DetentionType, Readonly<Partial<Record<DetentionState, number>>>>> =
  {
    COMPEL: { PROPOSED: 0, APPROVED: 0, CONTROLLED: 1, ARRIVED: 2, INQUIRY: 3 },
    DETAIN: {
      PROPOSED: 0,
      APPROVED: 0,
      CONTROLLED: 1,
      INTAKE_REFUSED: 1,
      IN_TRANSIT: 2,
      HANDOVER_PENDING: 3,
      IN_CUSTODY: 4,
    },
  };

/** A report as the person sees it: done, on its way, next, or possible at any time. */
export interface DetentionStep {
  readonly report: DetentionReport;
  /** Occurrence time that the server recorded. */
  readonly doneAt?: number;
  /** The command of this phone that has not been recorded yet. */
  readonly sentId?: string;
  readonly next: boolean;
}

export interface DetentionProgress {
  readonly steps: readonly DetentionStep[];
  /** 拒收: only while the person stands at the door of the detention house. */
  readonly refusable: boolean;
  readonly ended: boolean;
}

/** Reports of this phone about the record that the server has not recorded yet, oldest first. */
export type Unrecorded = readonly { readonly id: string; readonly kind: string }[];

const ENDED: ReadonlySet<DetentionState> = new Set([
  "RELEASED",
  "CONVERTED",
  "RELEASED_EARLY",
  "REVOKED",
  "STOPPED",
]);

/**
 * FLD-8: what is recorded comes from the record alone; what this phone has reported meanwhile only
 * moves the offer of the next step on, so that a whole custody can be reported from a dead zone.
 */
export function detentionProgress(
  kind: DetentionType,
  dto: DtoOf<"detention"> | undefined,
  unrecorded: Unrecorded,
): DetentionProgress {
  const way = WAY[kind];
  const ended = dto?.state !== undefined && ENDED.has(dto.state);
  const nextIndex = ended ? way.length : nextOf(kind, dto, unrecorded);
  const steps = way.map((report, index): DetentionStep => {
    const doneAt = doneAtOf(report, dto);
    const sent = unrecorded.findLast((item) => item.kind === report);
    return {
      report,
      ...(doneAt === undefined ? {} : { doneAt }),
      ...(sent ? { sentId: sent.id } : {}),
      next: index === nextIndex,
    };
  });
  return { steps, refusable: way[nextIndex] === "detention.intake", ended };
}

function nextOf(
  kind: DetentionType,
  dto: DtoOf<"detention"> | undefined,
  unrecorded: Unrecorded,
): number {
  const way = WAY[kind];
  let index = dto?.state === undefined ? 0 : (REACHED[kind][dto.state] ?? 0);
  if (kind === "COMPEL" && index === 3 && dto?.times?.inquiryEndedAt !== undefined) index = 4;
  if (kind === "DETAIN" && index === 4 && dto?.familyNotice) index = 5;
  for (const { kind: report } of unrecorded) {
    if (report === "detention.refuseIntake") index = way.indexOf("detention.transit");
    else index = Math.max(index, way.indexOf(report as DetentionReport) + 1);
  }
  return index;
}

const TIME: Readonly<Partial<Record<DetentionReport, keyof DetentionTimes>>> = {
  "detention.control": "controlledAt",
  "detention.arrive": "arrivedAt",
  "detention.startInquiry": "inquiryStartedAt",
  "detention.endInquiry": "inquiryEndedAt",
  "detention.transit": "inTransitAt",
  "detention.intake": "intakeAt",
  "detention.release": "releasedAt",
};

function doneAtOf(
  report: DetentionReport,
  dto: DtoOf<"detention"> | undefined,
): number | undefined {
  if (report === "detention.notifyFamily") return dto?.familyNotice?.at;
  const name = TIME[report];
  return name ? dto?.times?.[name] : undefined;
}
