import { belongsTo } from "../court/belongs.ts";
import { type CommandSpecs, command, type DecideInput } from "../kernel/command.ts";
import type { DomainEvent } from "../kernel/event.ts";
import type { Belongs } from "../kernel/new-record.ts";
import { accept, type Decision, type RefusalText, refusal, refuse } from "../kernel/refusal.ts";
import type { NotifyFailure, OutsideNotification } from "./state.ts";

type What = Pick<OutsideNotification, "kind" | "roles" | "recordRef" | "level">;

/** What the server says of one notification; the record's id is its key. */
export interface NotificationReport extends What {
  /** Court that is called. */
  readonly courtId: string;
  /** How often the gateway was tried. */
  readonly attempts: number;
}

type Opened = What & { readonly belongs: Belongs; readonly attempts: number };

export type NotificationEvent =
  | DomainEvent<"NotificationSent", Opened>
  | DomainEvent<"NotificationFailed", Opened & { readonly failure: NotifyFailure }>
  | DomainEvent<"NotificationMoot", Record<string, never>>
  | DomainEvent<"NotificationRetryAsked", Record<string, never>>;

type Input<P> = DecideInput<OutsideNotification, P>;

function sent({ id, entity, payload, state }: Input<NotificationReport>): Decision<DomainEvent> {
  if (entity?.state === "SENT") return refuse("ALREADY_SENT", { ruleId: "NOTI-3" });
  const { courtId, ...what } = payload;
  return accept({
    type: "NotificationSent",
    ref: { type: "notification", id },
    data: { belongs: belongsTo(state, courtId), ...what },
  } satisfies NotificationEvent);
}

function failed({
  id,
  entity,
  payload,
  state,
}: Input<NotificationReport & { readonly failure: NotifyFailure }>): Decision<DomainEvent> {
  if (entity) return refuse("ALREADY_LISTED", { ruleId: "NOTI-5" });
  const { courtId, ...what } = payload;
  return accept({
    type: "NotificationFailed",
    ref: { type: "notification", id },
    data: { belongs: belongsTo(state, courtId), ...what },
  } satisfies NotificationEvent);
}

function moot({ id, entity }: Input<Record<string, never>>): Decision<DomainEvent> {
  if (entity?.state !== "FAILED") return refuse("ALREADY_SENT", { ruleId: "NOTI-5" });
  return accept({
    type: "NotificationMoot",
    ref: { type: "notification", id },
    data: {},
  } satisfies NotificationEvent);
}

const mayRetry = ({ state }: OutsideNotification) =>
  state === "FAILED" ? undefined : refusal("ALREADY_SENT", { ruleId: "NOTI-13" });

const retry = ({ id }: Input<Record<string, never>>): Decision<DomainEvent> =>
  accept({
    type: "NotificationRetryAsked",
    ref: { type: "notification", id },
    data: {},
  } satisfies NotificationEvent);

export const NOTIFICATION_COMMANDS: CommandSpecs<OutsideNotification> = {
  "notification.sent": command<OutsideNotification, NotificationReport>({
    nature: "SYSTEM",
    target: "ANY",
    decide: sent,
  }),
  "notification.failed": command<
    OutsideNotification,
    NotificationReport & { readonly failure: NotifyFailure }
  >({ nature: "SYSTEM", target: "ANY", decide: failed }),
  "notification.moot": command<OutsideNotification, Record<string, never>>({
    nature: "SYSTEM",
    target: "EXISTING",
    decide: moot,
  }),
  "notification.retry": command<OutsideNotification, Record<string, never>>({
    nature: "REQUEST",
    target: "EXISTING",
    guard: mayRetry,
    decide: retry,
  }),
};

export const NOTIFICATION_REFUSALS: Readonly<Record<string, RefusalText>> = {
  ALREADY_SENT: {
    what: { zh: "该外呼通知已有结果", en: "This outside notification has its result already" },
    fix: { zh: "无需操作", en: "Nothing to do" },
  },
  ALREADY_LISTED: {
    what: { zh: "该外呼通知已在失败清单", en: "This outside notification is listed already" },
    fix: { zh: "无需操作", en: "Nothing to do" },
  },
};
