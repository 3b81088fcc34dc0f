import { HOLD_LINES } from "../hold/words.ts";
import type { ClockRaised } from "../kernel/clock.ts";
import type { DomainEvent } from "../kernel/event.ts";
import type { Bilingual } from "../kernel/refusal.ts";
import { clockRule } from "../rules/clock-rules.ts";
import { ACK_CLOCK } from "./climb.ts";
import type { IncidentEvent } from "./events.ts";
import type { Incident } from "./state.ts";

const LINES: Readonly<Record<IncidentEvent["type"], Bilingual>> = {
  SosRaised: { zh: "紧急求助", en: "SOS" },
  SosRepeated: { zh: "再次求助", en: "SOS repeated" },
  IncidentReported: { zh: "突发事件上报", en: "Incident reported" },
  IncidentSeen: { zh: "值班室已看到", en: "Seen by a desk" },
  IncidentAcknowledged: { zh: "突发事件已签收", en: "Incident acknowledged" },
  IncidentCancelRequested: { zh: "求助人申请撤销", en: "Sender asks to cancel" },
  IncidentLevelSet: { zh: "突发事件等级调整", en: "Incident level changed" },
  IncidentConfirmed: { zh: "突发事件核实", en: "Incident confirmed" },
  IncidentResponding: { zh: "突发事件处置中", en: "Incident responding" },
  IncidentControlled: { zh: "突发事件受控", en: "Incident controlled" },
  IncidentResolved: { zh: "突发事件平息", en: "Incident resolved" },
  IncidentFalseAlarm: { zh: "确认为误报", en: "False alarm" },
  IncidentReviewed: { zh: "突发事件复盘", en: "Incident reviewed" },
  ...HOLD_LINES,
  AssistNamed: { zh: "就近法院先行支援", en: "Nearest court named to move first" },
  AssistDeclined: { zh: "支援法院不能前往", en: "The court asked cannot come" },
  AssistHandedOver: { zh: "支援法院提请交接", en: "Helping court hands over" },
  AssistTakenOver: { zh: "执行法院已接管", en: "Taken over by the enforcing court" },
};

const CLIMBING: Bilingual = { zh: "求助未签收，升级", en: "SOS not acknowledged, climbing" };

function raised({ data }: ClockRaised, incident: Incident): Bilingual | undefined {
  if (data.clock === ACK_CLOCK) return CLIMBING;
  const clock = incident.clocks[data.clock];
  if (!clock) return undefined;
  return clockRule(clock.ruleId).levels.find(({ level }) => level === data.level)?.say;
}

export function incidentLine(raw: DomainEvent, incident: Incident): Bilingual | undefined {
  const event = raw as IncidentEvent | ClockRaised;
  return event.type === "ClockRaised" ? raised(event, incident) : LINES[event.type];
}
