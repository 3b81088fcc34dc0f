import { CALENDAR_LOADED } from "../calendar.ts";
import { consolesUpward } from "../court/consoles.ts";
import { present } from "../detention/present.ts";
import { clockDeadlines, clockDtos } from "../kernel/clock.ts";
import type { EntityModule } from "../kernel/module.ts";
import type { Bilingual, RefusalText } from "../kernel/refusal.ts";
import { SUGGESTION_COMMANDS } from "./commands.ts";
import { SUGGESTION_EVENT_TYPES, type SuggestionEvent } from "./events.ts";
import { evolveSuggestion } from "./evolve.ts";
import type { Suggestion, SuggestionState } from "./state.ts";

const SUGGESTION_REFUSALS: Readonly<Record<string, RefusalText>> = {
  NOT_REFUSED: {
    what: { zh: "该单位未拒不协助", en: "The unit has not refused" },
    fix: { zh: "请先催办并认定拒不协助", en: "Remind it first, then find the refusal" },
  },
  FINE_OUT_OF_BOUNDS: {
    what: {
      zh: "单位罚款应为{least}元以上{most}元以下",
      en: "A unit is fined from {least} to {most} yuan",
    },
    fix: { zh: "请更正金额", en: "Correct the amount" },
  },
  FINED_ALREADY: {
    what: {
      zh: "同一拒不协助行为已提请或决定罚款",
      en: "This refusal has been fined or proposed to be fined already",
    },
    fix: { zh: "同一行为不得连续罚款", en: "One act is not fined twice" },
  },
  DECISION_NO_NEEDED: {
    what: {
      zh: "批准罚款须有决定书文号",
      en: "A fine is approved with the number of its decision",
    },
    fix: { zh: "请填写决定书文号", en: "Give the number" },
  },
  SUGGESTION_NOT_READY: {
    what: { zh: "当前为{state}", en: "It is now {state}" },
    fix: { zh: "须先处于：{needed}", en: "It must first be: {needed}" },
  },
};

const LINES: Readonly<Record<SuggestionEvent["type"] | "ClockRaised", Bilingual>> = {
  SuggestionIssued: { zh: "发出司法建议", en: "Judicial suggestion issued" },
  FineProposed: { zh: "提请罚款", en: "Fine proposed" },
  FineDecided: { zh: "罚款建议已审批", en: "Fine proposal decided" },
  SuggestionReplied: { zh: "登记司法建议反馈", en: "Reply to the suggestion registered" },
  SuggestionClosed: { zh: "司法建议办结", en: "Judicial suggestion closed" },
  ClockRaised: { zh: "司法建议或罚款建议逾期", en: "Suggestion or fine proposal overdue" },
};

/** A fine that is decided goes on as a fine, which is no record of this kind. */
const OVER: readonly SuggestionState[] = ["CLOSED", "APPROVED", "REJECTED"];

/** Only consoles see it: it is written to the unit's superior, not to the unit's desk. */
const project = (suggestion: Suggestion) => ({
  courtId: suggestion.courtId,
  kind: suggestion.kind,
  state: suggestion.state,
  liaisonId: suggestion.liaisonId,
  unitId: suggestion.unitId,
  superior: suggestion.superior,
  ...present(suggestion, ["letterNo", "amount", "decided"]),
  body: suggestion.body,
  by: suggestion.by,
  at: suggestion.at,
  replies: suggestion.replies,
  clocks: clockDtos(suggestion.clocks),
  calendarLoaded: CALENDAR_LOADED,
});

export const suggestionModule: EntityModule<"suggestion"> = {
  type: "suggestion",
  eventTypes: SUGGESTION_EVENT_TYPES,
  commands: SUGGESTION_COMMANDS,
  refusals: SUGGESTION_REFUSALS,
  evolve: evolveSuggestion,
  standing: ({ state }) => state,
  parts: ({ by }) => ({ proposer: [by] }),
  links: ({ liaisonId, unitId }) => [`liaison:${liaisonId}`, `unit:${unitId}`],
  live: ({ state }) => !OVER.includes(state),
  /** Whether the refused request may be closed hangs on it. */
  dependents: (before, after) =>
    before?.state === after.state ? [] : [{ type: "liaison", id: after.liaisonId }],
  deadlines: ({ id, clocks }) => clockDeadlines({ type: "suggestion", id }, clocks),
  audiences: ({ courtId }, state) => consolesUpward(state, courtId),
  project,
  line: (event) => LINES[event.type as keyof typeof LINES],
};
