import type { DetentionType } from "../../../shared/domain/detention/state.ts";
import {
  below,
  CASE,
  COURT_LIST,
  empty,
  given,
  MINUTE,
  type Pay,
  type Payload,
  peersOf,
  post,
  reason,
  some,
  subject,
  text,
  the,
  type Wish,
} from "./wish.ts";

const BASIS = ["民事诉讼法第114条"];

function newDetention(wish: Wish): Payload {
  const { dice, actor } = wish;
  const operation = dice.percent(40)
    ? some(wish, "operation", ({ courtId }) => courtId === actor.courtId)
    : undefined;
  return given({
    caseNo: CASE,
    subject: subject(wish),
    escortIds: [post(actor.courtId, "judicial-police")],
    basisArticles: BASIS,
    operationId: operation?.id,
    hostCourtId: operation?.hostCourtId,
  });
}

/** A report about a record that nobody knows says what the phone knows. */
const report =
  (more: (wish: Wish) => Payload = () => ({})): Pay =>
  (wish) => {
    const kind: DetentionType = wish.key === "COMPEL" ? "COMPEL" : "DETAIN";
    const about = { kind, caseNo: CASE, subject: subject(wish) };
    return { ...(wish.about ? {} : { about }), ...more(wish) };
  };

const days = ({ dice }: Wish): number => 1 + dice.upTo(15);
const endBy: Pay = ({ id }) => ({ decisionNo: "决1号", reason: text(id) });

const DETENTION: Readonly<Record<string, Pay>> = {
  "detention.approveCompel": (wish) => ({ ...newDetention(wish), warrantNo: "传1号" }),
  "detention.propose": (wish) => ({
    ...newDetention(wish),
    actId: `act-${wish.id}`,
    days: days(wish),
  }),
  "detention.approve": () => ({ decisionNo: "决1号" }),
  "detention.approveRetro": () => ({
    decisionNo: "决1号",
    warrantNo: "传1号",
    days: 1,
    basisArticles: BASIS,
  }),
  "detention.control": report(),
  "detention.arrive": report(),
  "detention.startInquiry": report(),
  "detention.endInquiry": report(),
  "detention.transit": report(),
  "detention.intake": report(() => ({ receiptNo: "收1号" })),
  "detention.refuseIntake": report(({ id }) => ({ reason: text(id) })),
  "detention.notifyFamily": report(),
  "detention.release": report(),
  "detention.extend": ({ id }) => ({ complex: true, detentionPossible: true, reason: text(id) }),
  "detention.convert": (wish) => ({
    newId: `${wish.id}-d`,
    actId: `act-${wish.id}`,
    basisArticles: BASIS,
    days: days(wish),
  }),
  "detention.releaseEarly": endBy,
  "detention.stop": endBy,
  "detention.revoke": endBy,
};

const STATIONS = ["station1", "station2", "house1"] as const;

const sendPolice: Pay = (wish) => {
  const { dice, actor } = wish;
  const incident = dice.percent(30)
    ? some(wish, "incident", ({ courtId }) => courtId === actor.courtId)
    : undefined;
  return given({
    kind: dice.of(
      "LOCATE_PERSON",
      "SEIZE_VEHICLE",
      "EXIT_BAN",
      "TEMP_CONTROL",
      "ONLINE_PURSUIT",
      "CUSTODY_INTAKE",
      "SCENE_SUPPORT",
      "VIOLENCE_RESPONSE",
    ),
    urgency: dice.of("P1", "P2", "P3", "P4"),
    caseNo: CASE,
    incidentId: incident?.id,
    unitId: dice.percent(80) ? dice.pick(STATIONS) : undefined,
    filingNo: "立1号",
    decisionNo: "决1号",
    orderNo: "令1号",
    plate: "鄂A·**123",
    subject: subject(wish),
    detail: text(wish.id),
  });
};

const ANSWERS = ["ACKED", "DISPATCHED", "ARRIVED", "DECLINED", "HELD_BY_POLICE", "CLOSED"];
const RESPONSES = ["ACKED", "DISPATCHED", "ARRIVED", "HELD_BY_POLICE"];
const wanted = ({ to, dice }: Wish, list: readonly string[]): string | undefined =>
  list.includes(to) ? to : dice.pick(list);

/** Held by somebody else: mostly to a court below, as those above may. */
const designate: Pay = ({ dice, actor, id }) => {
  const courtId = dice.pick(below(actor.courtId));
  return courtId === undefined ? undefined : { courtId, reason: text(id) };
};
const deadline: Pay = ({ now, dice }) => ({ dueAt: now + dice.of(5, 30) * MINUTE });

const POLICE: Readonly<Record<string, Pay>> = {
  "police.send": sendPolice,
  "police.answer": (wish) => ({ state: wanted(wish, ANSWERS), saidBy: "李", note: text(wish.id) }),
  "police.ackOnBehalf": (wish) => ({ saidBy: "李", note: text(wish.id) }),
  "police.recordRelease": () => ({ saidBy: "李" }),
  "police.release": empty,
  "police.takeIn": ({ id }) => ({ receiptNo: id }),
  "police.respond": (wish) => ({ state: wanted(wish, RESPONSES) }),
  "police.handOver": () => ({ receivedBy: "王法警" }),
  "police.decline": reason,
  "police.finish": empty,
  "police.reroute": (wish) => {
    const unitId = STATIONS.find((each) => each !== the(wish, "police")?.unitId);
    return { unitId };
  },
  "police.take": empty,
  "police.designate": designate,
  "police.handBack": reason,
  "police.sign": empty,
  "police.setDeadline": deadline,
  "police.takeOver": empty,
  "police.close": empty,
  "police.cancel": reason,
};

const LEVELS = ["GENERAL", "LARGER", "MAJOR", "ESPECIALLY_MAJOR"] as const;

const operationOf = (wish: Wish): Payload => {
  const operation = wish.dice.percent(50)
    ? some(wish, "operation", ({ courtId }) => courtId === wish.actor.courtId)
    : undefined;
  return given({ operationId: operation?.id });
};

const assist: Pay = (wish) => {
  const { courtId = "" } = the(wish, "incident") ?? {};
  const peers = peersOf(wish.actor.courtId).filter((each) => each !== courtId);
  if (peers.length > 0 && wish.dice.percent(85)) return { courtId: wish.dice.pick(peers) };
  const helpers = COURT_LIST.filter(
    (each) => each !== courtId && !below(each).includes(wish.actor.courtId),
  );
  return { courtId: wish.dice.pick(helpers) };
};

const INCIDENT: Readonly<Record<string, Pay>> = {
  "incident.sos": (wish) => ({ ...operationOf(wish), battery: 50 }),
  "incident.report": (wish) => ({
    kind: wish.dice.of("SIEGE", "VIOLENT_RESISTANCE", "MEDICAL"),
    level: wish.dice.pick(LEVELS),
    ...operationOf(wish),
    detail: text(wish.id),
  }),
  "incident.seen": empty,
  "incident.acknowledge": empty,
  "incident.requestCancel": reason,
  "incident.setLevel": (wish) => ({
    level: wish.dice.pick(LEVELS),
    reason: text(wish.id),
    casualties: { dead: 0, injured: 0 },
  }),
  "incident.confirm": empty,
  "incident.respond": empty,
  "incident.control": empty,
  "incident.resolve": empty,
  "incident.falseAlarm": reason,
  "incident.review": ({ id }) => ({ findings: text(id) }),
  "incident.take": empty,
  "incident.designate": designate,
  "incident.handBack": reason,
  "incident.sign": empty,
  "incident.setDeadline": deadline,
  "incident.assist": assist,
  "incident.declineAssist": reason,
  "incident.handOver": empty,
  "incident.takeOver": empty,
};

export const PAY_CUSTODY: Readonly<Record<string, Pay>> = { ...DETENTION, ...POLICE, ...INCIDENT };
