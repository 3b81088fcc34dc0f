import { ROLES } from "../../../shared/domain/authority/roles.ts";
import { refKey } from "../../../shared/domain/kernel/ref.ts";
import { rolesOf } from "../../../shared/domain/officer/roles-of.ts";
import {
  below,
  CASE,
  DAY,
  empty,
  given,
  HOUR,
  type Pay,
  post,
  reason,
  said,
  some,
  subject,
  text,
  the,
  type Wish,
} from "./wish.ts";

const schedule: Pay = ({ dice, actor, now }) => ({
  officerId: post(actor.courtId, dice.of("duty-officer", "duty-officer2", "center-chief")),
  from: now + dice.of(0, HOUR),
  to: now + dice.of(12, 24) * HOUR,
  mode: dice.of("ON_SITE", "TELEPHONE"),
});

const mark: Pay = (wish) => {
  const open = (the(wish, "shift")?.list?.items ?? []).filter((item) => !item.mark);
  const any = the(wish, "shift")?.list?.items ?? [];
  const items = open.length > 0 ? open : any;
  return items.length === 0
    ? undefined
    : { keys: items.map(({ ref }) => refKey(ref)), done: wish.dice.percent(50) };
};

const offer: Pay = (wish) => {
  const mine = the(wish, "shift");
  const taker = some(
    wish,
    "shift",
    (each) =>
      each.courtId === mine?.courtId &&
      each.state === "SCHEDULED" &&
      each.officerId !== mine.officerId,
  );
  return { toShiftId: taker?.id ?? "none" };
};

const call: Pay = ({ dice, actor }) => {
  const court = dice.pick(below(actor.courtId));
  const person = {
    type: "officer",
    id: post(dice.percent(50) ? (court ?? actor.courtId) : actor.courtId, "judicial-police"),
  };
  return {
    targets: [person, ...(court ? [{ type: "court", id: court }] : [])],
    timeoutS: dice.of(10, 60),
  };
};

const publish: Pay = ({ dice, actor, now, id }) =>
  given({
    kind: dice.of("BROADCAST", "BULLETIN", "ALERT"),
    body: text(id),
    courtIds: [actor.courtId, ...below(actor.courtId)].filter(() => dice.percent(60)),
    tiers: ["BASIC"],
    needsAck: !dice.percent(10),
    expiresAt: dice.percent(40) ? now + HOUR : undefined,
  });

const begin: Pay = (wish) => {
  const operation = some(wish, "operation", ({ state, pausedFrom, id, courtId }) => {
    const scene = ["ON_SCENE", "EXECUTING", "CLOSING"].includes(pausedFrom ?? state);
    return (
      scene &&
      courtId === wish.actor.courtId &&
      wish.state.linked("checkin", `operation:${id}`).length === 0
    );
  });
  return operation && { operationId: operation.id };
};

const DUTY: Readonly<Record<string, Pay>> = {
  "shift.schedule": schedule,
  "shift.cancel": empty,
  "shift.prepare": empty,
  "shift.mark": mark,
  "shift.offer": offer,
  "shift.returnList": reason,
  "shift.sign": empty,
  "rollcall.call": call,
  "rollcall.answer": ({ key }) => ({ target: key }),
  "rollcall.fault": ({ key }) => ({ target: key }),
  "rollcall.quality": ({ key, dice }) => ({
    target: key,
    picture: dice.of("GOOD", "POOR", "NONE"),
    voice: "GOOD",
  }),
  "notice.publish": publish,
  "notice.acknowledge": empty,
  "notice.remind": empty,
  "checkin.begin": begin,
  "checkin.sign": empty,
  "checkin.vouch": empty,
  "checkin.stop": reason,
};

const LIAISON_ANSWERS = ["RECEIVED", "PROCESSING", "REPLIED", "REFUSED"] as const;

const answer: Pay = ({ to, dice, id }) => ({
  state: LIAISON_ANSWERS.find((each) => each === to) ?? dice.pick(LIAISON_ANSWERS),
  saidBy: "李",
  note: text(id),
});

const send: Pay = (wish) => {
  const [unitId, service] = wish.dice.of(
    ["bank1", "FREEZE"],
    ["bank2", "QUERY"],
    ["tax1", "TAX_CHECK"],
  );
  return {
    unitId,
    service,
    caseNo: CASE,
    noticeNo: "协1号",
    rulingNo: "裁1号",
    subject: subject(wish),
    detail: text(wish.id),
  };
};

const refused = (wish: Wish) =>
  the(wish, "liaison") ??
  some(
    wish,
    "liaison",
    ({ state, courtId }) => state === "REFUSED" && courtId === wish.actor.courtId,
  );

const suggest =
  (more: Readonly<Record<string, unknown>>): Pay =>
  (wish) => {
    const liaison = refused(wish);
    return liaison && { liaisonId: liaison.id, superior: "监管局", body: text(wish.id), ...more };
  };

const LIAISON: Readonly<Record<string, Pay>> = {
  "liaison.send": send,
  "liaison.answer": answer,
  "liaison.respond": ({ to }) => ({ state: to === "PROCESSING" ? to : "RECEIVED" }),
  "liaison.reply": ({ id }) => ({ reply: text(id) }),
  "liaison.refuse": reason,
  "liaison.remind": empty,
  "liaison.findRefusal": reason,
  "liaison.close": empty,
  "liaison.withdraw": reason,
  "suggestion.issue": suggest({ letterNo: "建1号" }),
  "suggestion.proposeFine": suggest({ amount: 100_000 }),
  "suggestion.decideFine": ({ to, dice }) =>
    to === "REJECTED" || (to !== "APPROVED" && dice.percent(50))
      ? { approved: false }
      : { approved: true, decisionNo: "罚1号" },
  "suggestion.registerReply": said,
  "suggestion.close": empty,
};

const ownOr = ({ actor, dice }: Wish): string =>
  dice.pick([actor.courtId, ...below(actor.courtId)]) ?? actor.courtId;

/** Roles are given to and taken from newcomers, so that the play keeps its people. */
const grant: Pay = (wish) => {
  const officer = the(wish, "officer");
  if (!officer?.id.startsWith("x")) return undefined;
  const held = rolesOf(officer);
  return {
    role: wish.dice.pick(ROLES.filter((role) => role !== "LIAISON_USER" && !held.includes(role))),
  };
};
const revokeGrant: Pay = (wish) => {
  const officer = the(wish, "officer");
  return officer?.id.startsWith("x") ? { role: rolesOf(officer)[0] ?? "TECH" } : undefined;
};
const newcomer: Pay = (wish) => (the(wish, "officer")?.id.startsWith("x") ? {} : undefined);

const step: Pay = (wish) => {
  const node = the(wish, "timebase")?.nodes.find((each) => each.node === wish.key);
  return node && { node: node.node, offMs: node.offMs };
};

const notice = ({ dice }: Wish) => ({
  kind: "SOS",
  roles: ["DUTY_OFFICER"],
  recordRef: { type: "incident", id: "i" },
  level: 1,
  courtId: dice.of("jiangan", "hanyang"),
  attempts: 1,
});

const REGISTRY: Readonly<Record<string, Pay>> = {
  "court.register": ({ id, dice }) => ({
    name: id,
    tier: "BASIC",
    parentId: dice.of("wuhan", "xiangyang"),
    kind: "LOCAL",
    seat: { lat: 30, lng: 114 },
    seatSource: "EST",
  }),
  "court.setDutyContact": ({ dice }) => ({
    contactId: dice.of("c1", "c2", "c3"),
    roles: ["DUTY_OFFICER"],
    phone: "027-123456",
  }),
  "team.register": (wish) => ({ courtId: ownOr(wish), name: wish.id }),
  "officer.register": (wish) => ({
    courtId: ownOr(wish),
    name: wish.id,
    title: "法官",
    badgeNo: wish.id,
    gender: "M",
  }),
  "officer.grant": grant,
  "officer.revokeGrant": revokeGrant,
  "officer.disable": newcomer,
  "officer.enable": newcomer,
  "officer.revokeSession": ({ id }) => ({ sessionId: id }),
  "officer.setDuty": ({ dice }) => ({
    duty: dice.of("ON_DUTY", "STANDBY", "DEPLOYED", "OFF_DUTY"),
  }),
  "device.register": (wish) =>
    wish.dice.percent(70)
      ? { kind: "PHONE", label: wish.id, officerId: post(ownOr(wish), "judge") }
      : { kind: "KIOSK", label: wish.id, courtId: ownOr(wish) },
  "device.enrolled": empty,
  "device.revoke": empty,
  "asset.register": (wish) => ({ courtId: ownOr(wish), kind: "VEHICLE", plateOrSn: wish.id }),
  "unit.register": (wish) => ({ courtId: ownOr(wish), kind: "BANK", name: wish.id }),
  "timebase.hold": ({ dice, key, now }) => ({
    node: key || dice.of("n1", "n2", "n3", "n4", "n5", "n6"),
    offMs: (5 + dice.upTo(100_000)) * 1_000,
    wallAt: now + DAY,
  }),
  "timebase.agree": step,
  "timebase.accept": step,
  "timebase.refuse": step,
  "notification.sent": notice,
  "notification.failed": (wish) => ({ ...notice(wish), failure: "TIMEOUT" }),
  "notification.moot": empty,
  "notification.retry": empty,
};

export const PAY_DUTY: Readonly<Record<string, Pay>> = { ...DUTY, ...LIAISON, ...REGISTRY };
