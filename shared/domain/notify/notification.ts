import { type AudienceEntry, courtViews, seatOf, uniqueViews } from "../authority/audience.ts";
import { consolesUpward } from "../court/consoles.ts";
import { present } from "../detention/present.ts";
import type { DomainEvent, EventMeta } from "../kernel/event.ts";
import type { EntityModule } from "../kernel/module.ts";
import { newRecord } from "../kernel/new-record.ts";
import type { Bilingual } from "../kernel/refusal.ts";
import { getRef, type StateReader } from "../kernel/state.ts";
import {
  NOTIFICATION_COMMANDS,
  NOTIFICATION_REFUSALS,
  type NotificationEvent,
} from "./commands.ts";
import type { OutsideNotification } from "./state.ts";

function evolve(
  before: OutsideNotification | undefined,
  raw: DomainEvent,
  meta: EventMeta,
): OutsideNotification {
  const event = raw as NotificationEvent;
  if (event.type === "NotificationMoot") {
    if (!before) throw new Error("NotificationMoot before NotificationFailed");
    return { ...before, state: "MOOT" };
  }
  if (event.type === "NotificationRetryAsked") {
    if (!before) throw new Error("NotificationRetryAsked before NotificationFailed");
    return { ...before, retryAskedAt: meta.at, retryAskedBy: meta.by };
  }
  const { belongs, ...what } = event.data;
  const opened = { ...newRecord("notification", event.ref.id, belongs, meta), ...before, ...what };
  return event.type === "NotificationSent"
    ? { ...opened, state: "SENT", sentAt: meta.at }
    : { ...opened, state: "FAILED", failedAt: meta.at };
}

/** Consoles of the court that is called and of those above it, and of the court whose alarm it is. */
function audiences(
  notification: OutsideNotification,
  state: StateReader,
): readonly AudienceEntry[] {
  const alarm = getRef(state, notification.recordRef);
  const ofAlarm = alarm ? courtViews(alarm.courtId, "public") : [];
  return uniqueViews([
    ...consolesUpward(state, notification.courtId),
    ...ofAlarm.filter(({ audience }) => seatOf(audience) === "console"),
  ]);
}

const LINES: Readonly<Record<NotificationEvent["type"], Bilingual>> = {
  NotificationSent: { zh: "已发出外呼通知", en: "Called outside the system" },
  NotificationFailed: { zh: "外呼通知未送出", en: "Outside call was not taken by the gateway" },
  NotificationRetryAsked: { zh: "要求立即重发", en: "Asked to try again at once" },
  NotificationMoot: { zh: "外呼通知已无必要", en: "Outside call no longer needed" },
};

export const notificationModule: EntityModule<"notification"> = {
  type: "notification",
  eventTypes: Object.keys(LINES),
  commands: NOTIFICATION_COMMANDS,
  refusals: NOTIFICATION_REFUSALS,
  evolve,
  standing: ({ state }) => state,
  parts: () => ({}),
  links: ({ recordRef }) => [`${recordRef.type}:${recordRef.id}`],
  // The failed list: what was sent, or is needed no more, is found by query.
  live: ({ state }) => state === "FAILED",
  dependents: () => [],
  deadlines: () => [],
  audiences,
  project: (notification) => ({
    courtId: notification.courtId,
    kind: notification.kind,
    roles: notification.roles,
    recordRef: notification.recordRef,
    level: notification.level,
    state: notification.state,
    attempts: notification.attempts,
    ...present(notification, ["sentAt", "failedAt", "failure", "retryAskedAt"]),
  }),
  line: (event) => LINES[event.type as NotificationEvent["type"]],
};
