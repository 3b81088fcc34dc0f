import { belongsTo } from "../court/belongs.ts";
import { consolesUpward } from "../court/consoles.ts";
import {
  type ClockRaised,
  type ClockStart,
  clockDeadlines,
  clockDtos,
  endClocks,
  foldClockRaised,
  startClock,
  withClocks,
} from "../kernel/clock.ts";
import { type CommandSpecs, command, type DecideInput } from "../kernel/command.ts";
import type { DomainEvent, EventMeta } from "../kernel/event.ts";
import type { EntityModule } from "../kernel/module.ts";
import { type Belongs, newRecord } from "../kernel/new-record.ts";
import type { TextRef } from "../kernel/record.ts";
import {
  accept,
  type Bilingual,
  type Decision,
  type RefusalText,
  refusal,
  refuse,
} from "../kernel/refusal.ts";
import type { Opinion } from "./state.ts";

type Content = Pick<
  Opinion,
  "body" | "organisation" | "docNo" | "observerId" | "text" | "receivedAt"
>;
type Register = Omit<Content, "receivedAt"> & { readonly receivedAt?: number };
type Reply = { readonly replyNo: string; readonly text: TextRef };

type OpinionEvent =
  | DomainEvent<
      "OpinionRegistered",
      Content & { readonly belongs: Belongs; readonly clocks: readonly ClockStart[] }
    >
  | DomainEvent<"OpinionReplied", Reply>;

const REPLY_CLOCK = "reply";

const OPINION_REFUSALS: Readonly<Record<string, RefusalText>> = {
  RECEIVED_IN_THE_FUTURE: {
    what: { zh: "收文时间在将来", en: "It was received in the future" },
    fix: { zh: "请核对收文时间", en: "Check when it was received" },
  },
  NOT_A_VISIT_HERE: {
    what: { zh: "没有该次观摩", en: "There was no such visit to this court" },
    fix: { zh: "请核对观摩席", en: "Check the seat" },
  },
  OPINION_REPLIED: {
    what: { zh: "书面意见已答复", en: "The opinion was replied to" },
    fix: { zh: "无需办理", en: "Nothing to do" },
  },
};

/** The month runs from the receipt of the document, whenever it is typed in. */
function register({
  id,
  payload,
  actor,
  state,
  now,
}: DecideInput<Opinion, Register>): Decision<DomainEvent> {
  if (actor.kind !== "person") return refuse("NOT_FOR_SYSTEM");
  const receivedAt = payload.receivedAt ?? now;
  if (receivedAt > now) return refuse("RECEIVED_IN_THE_FUTURE", { ruleId: "OPN-2" });
  const { observerId } = payload;
  if (observerId !== undefined && state.get("observer", observerId)?.courtId !== actor.courtId) {
    return refuse("NOT_A_VISIT_HERE", { ruleId: "OPN-1" });
  }
  return accept<DomainEvent>({
    type: "OpinionRegistered",
    ref: { type: "opinion", id },
    data: {
      ...payload,
      receivedAt,
      belongs: belongsTo(state, actor.courtId),
      clocks: [startClock(REPLY_CLOCK, "OPN-REPLY", receivedAt)],
    },
  });
}

const OPINION_COMMANDS: CommandSpecs<Opinion> = {
  "opinion.register": command<Opinion, Register>({
    nature: "REQUEST",
    target: "NEW",
    decide: register,
  }),
  "opinion.reply": command<Opinion, Reply>({
    nature: "REQUEST",
    target: "EXISTING",
    guard: ({ state }) =>
      state === "REGISTERED" ? undefined : refusal("OPINION_REPLIED", { ruleId: "OPN-3" }),
    decide: ({ id, payload }) =>
      accept<DomainEvent>({ type: "OpinionReplied", ref: { type: "opinion", id }, data: payload }),
  }),
};

function evolve(before: Opinion | undefined, raw: DomainEvent, meta: EventMeta): Opinion {
  const event = raw as OpinionEvent | ClockRaised;
  if (event.type === "OpinionRegistered") {
    const { belongs, clocks, ...content } = event.data;
    return {
      ...newRecord("opinion", event.ref.id, belongs, meta),
      ...content,
      registeredBy: meta.by,
      state: "REGISTERED",
      clocks: withClocks({}, clocks, meta),
    };
  }
  if (!before) throw new Error(`${event.type} before OpinionRegistered`);
  if (event.type === "ClockRaised") {
    return { ...before, clocks: foldClockRaised(before.clocks, event) };
  }
  return {
    ...before,
    state: "REPLIED",
    reply: { ...event.data, at: meta.at, by: meta.by },
    clocks: endClocks(before.clocks, [REPLY_CLOCK], meta.at),
  };
}

const LINES: Readonly<Record<OpinionEvent["type"] | "ClockRaised", Bilingual>> = {
  OpinionRegistered: { zh: "登记书面意见", en: "Written opinion registered" },
  OpinionReplied: { zh: "答复书面意见", en: "Opinion replied to" },
  ClockRaised: { zh: "书面意见答复期限提示", en: "The reply to an opinion falls due" },
};

export const opinionModule: EntityModule<"opinion"> = {
  type: "opinion",
  eventTypes: ["OpinionRegistered", "OpinionReplied"],
  commands: OPINION_COMMANDS,
  refusals: OPINION_REFUSALS,
  evolve,
  standing: ({ state }) => state,
  parts: ({ registeredBy }) => ({ reporter: [registeredBy] }),
  links: () => [],
  live: ({ state }) => state === "REGISTERED",
  dependents: () => [],
  deadlines: ({ id, clocks }) => clockDeadlines({ type: "opinion", id }, clocks),
  audiences: ({ courtId }, state) => consolesUpward(state, courtId),
  project: (opinion) => ({
    courtId: opinion.courtId,
    body: opinion.body,
    organisation: opinion.organisation,
    docNo: opinion.docNo,
    ...(opinion.observerId ? { observerId: opinion.observerId } : {}),
    text: opinion.text,
    receivedAt: opinion.receivedAt,
    registeredBy: opinion.registeredBy,
    state: opinion.state,
    ...(opinion.reply ? { reply: opinion.reply } : {}),
    clocks: clockDtos(opinion.clocks),
  }),
  line: (event) => LINES[event.type as keyof typeof LINES],
};
