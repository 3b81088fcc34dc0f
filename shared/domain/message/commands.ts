import { tierPathOf } from "../authority/relation.ts";
import { type CommandSpecs, command, type DecideInput } from "../kernel/command.ts";
import type { DomainEvent } from "../kernel/event.ts";
import type { TextRef } from "../kernel/record.ts";
import { accept, type Decision, type RefusalText, refuse } from "../kernel/refusal.ts";
import type { Message } from "./state.ts";

export interface SendMessage {
  readonly toOfficerId?: string;
  readonly toCourtId?: string;
  readonly operationId?: string;
  readonly text: TextRef;
}

function send({
  id,
  payload,
  actor,
  state,
}: DecideInput<Message, SendMessage>): Decision<DomainEvent> {
  if (actor.kind !== "person") return refuse("NOT_FOR_SYSTEM");
  if ((payload.toOfficerId === undefined) === (payload.toCourtId === undefined)) {
    return refuse("ONE_ADDRESSEE");
  }
  const known = payload.toOfficerId
    ? state.get("officer", payload.toOfficerId)
    : state.get("court", payload.toCourtId ?? "");
  if (!known) return refuse("NO_SUCH_ADDRESSEE");
  if ("unitId" in known && known.unitId !== undefined) {
    return refuse("NO_MESSAGE_TO_UNIT", { ruleId: "UNIT-13" });
  }
  const belongs = { courtId: actor.courtId, tierPath: tierPathOf(state, actor.courtId) };
  return accept({
    type: "MessageSent",
    ref: { type: "message", id },
    data: { belongs, fromOfficerId: actor.officerId, ...payload },
  } satisfies DomainEvent);
}

const receipt = (type: "MessageDelivered" | "MessageRead") =>
  command<Message, Record<string, never>>({
    nature: "FACT",
    target: "EXISTING",
    decide: ({ id }) =>
      accept({ type, ref: { type: "message", id }, data: {} } satisfies DomainEvent),
  });

export const MESSAGE_COMMANDS: CommandSpecs<Message> = {
  "message.send": command<Message, SendMessage>({
    nature: "FACT",
    target: "NEW",
    courtOf: (payload, state) =>
      payload.toCourtId ??
      (payload.toOfficerId ? state.get("officer", payload.toOfficerId)?.courtId : undefined),
    decide: send,
  }),
  "message.deliver": receipt("MessageDelivered"),
  "message.read": receipt("MessageRead"),
};

export const MESSAGE_REFUSALS: Readonly<Record<string, RefusalText>> = {
  ONE_ADDRESSEE: {
    what: { zh: "消息须有且只有一个收件人", en: "A message has exactly one addressee" },
    fix: { zh: "请选择一名人员或一个法院", en: "Choose one officer or one court" },
  },
  NO_MESSAGE_TO_UNIT: {
    what: {
      zh: "消息不能发给联动单位人员，其席位收不到",
      en: "People of a linked unit have no messages at their desk",
    },
    fix: { zh: "请发协助请求或致电该单位", en: "Send a request, or telephone the unit" },
  },
  NO_SUCH_ADDRESSEE: {
    what: { zh: "收件人不存在", en: "There is no such addressee" },
    fix: { zh: "请重新选择收件人", en: "Choose the addressee again" },
  },
};
