import { type Audience, standingOf } from "../authority/audience.ts";
import type { ClockRaised } from "../kernel/clock.ts";
import type { DomainEvent } from "../kernel/event.ts";
import type { Bilingual } from "../kernel/refusal.ts";
import { clockRule } from "../rules/clock-rules.ts";
import type { DetentionEvent } from "./events.ts";
import type { Detention } from "./state.ts";

type LineType = Exclude<
  DetentionEvent["type"],
  "SubjectArrived" | "DetentionStubOpened" | "FormerRecordReported"
>;

const LINES: Readonly<Record<LineType, Bilingual>> = {
  CompelApproved: { zh: "拘传已批", en: "Compelled appearance approved" },
  DetentionProposed: { zh: "提请拘留", en: "Detention proposed" },
  DetentionApproved: { zh: "院长批准拘留", en: "Detention approved by the president" },
  DetentionApprovedRetro: { zh: "院长补批", en: "Emergency control approved afterwards" },
  SubjectControlled: { zh: "已控制", en: "Under control" },
  InquiryStarted: { zh: "开始询问", en: "Inquiry begun" },
  InquiryEnded: { zh: "询问结束", en: "Inquiry ended" },
  InquiryExtended: { zh: "询问延长至24小时", en: "Inquiry extended to 24 h" },
  CompelConverted: { zh: "拘传转拘留", en: "Converted into detention" },
  TransitStarted: { zh: "押送", en: "In transit" },
  IntakeDone: { zh: "已收押", en: "In custody" },
  IntakeRefused: { zh: "拘留所拒收", en: "Intake refused" },
  FamilyNotified: { zh: "已通知家属", en: "Family notified" },
  SubjectReleased: { zh: "已放行", en: "Released" },
  DetentionReleasedEarly: { zh: "决定提前解除", en: "Early release decided" },
  DetentionStopped: { zh: "停止执行拘留", en: "Detention stopped" },
  DetentionRevoked: { zh: "上级撤销拘留", en: "Detention revoked on review" },
  DetentionOverran: { zh: "超过法定时限", en: "Legal maximum overrun" },
  BreachRefuted: { zh: "迟报证明未超时限", en: "A late report shows it was in time" },
};

/** Papers and family are not the business of the court of the place. */
const NOT_FOR_HOST: ReadonlySet<string> = new Set<LineType>([
  "CompelApproved",
  "DetentionProposed",
  "DetentionApproved",
  "DetentionApprovedRetro",
  "FamilyNotified",
]);

export function detentionLine(
  raw: DomainEvent,
  detention: Detention,
  audience: Audience,
): Bilingual | undefined {
  if (standingOf(audience) === "host" && NOT_FOR_HOST.has(raw.type)) return undefined;
  const event = raw as DetentionEvent | ClockRaised;
  switch (event.type) {
    case "ClockRaised": {
      const ruleId = detention.clocks[event.data.clock]?.ruleId;
      if (!ruleId) return undefined;
      return clockRule(ruleId).levels.find((l) => l.level === event.data.level)?.say;
    }
    case "SubjectArrived":
      return detention.kind === "COMPEL"
        ? { zh: "拘传到案", en: "Arrived" }
        : { zh: "待收押", en: "Waiting for intake" };
    case "DetentionStubOpened":
    case "FormerRecordReported":
      return undefined;
    default:
      return LINES[event.type];
  }
}
