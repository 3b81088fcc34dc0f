import {
  goingOf,
  musterOf,
  notBack,
  showedOf,
  teamOf,
} from "../../../shared/domain/operation/facts.ts";
import type { Operation } from "../../../shared/domain/operation/state.ts";
import {
  empty,
  given,
  HOUR,
  type Pay,
  type Payload,
  peersOf,
  post,
  reason,
  someCase,
  subject,
  text,
  the,
  type Wish,
} from "./wish.ts";

const KINDS = [
  "EVICTION",
  "SEARCH",
  "SEIZURE",
  "COMPEL",
  "DETAIN",
  "INVESTIGATE",
  "SERVE",
  "RAPID",
] as const;
const SPOT = { lat: 30.6, lng: 114.3, address: "解放大道" };

function where({ dice, actor }: Wish): Payload {
  if (dice.percent(5)) {
    return { outsideProvince: { place: "外省某市", highCourtApprovalNo: "高批1号" } };
  }
  const peer = dice.percent(30) ? dice.pick(peersOf(actor.courtId)) : undefined;
  return { placeCourtId: peer ?? actor.courtId };
}

/** A plan that the law lets through more often than not. */
const plan: Pay = (wish) => {
  const { dice, actor, now, id } = wish;
  const courtId = wish.about?.courtId ?? actor.courtId;
  const kind = dice.pick(KINDS) ?? "SERVE";
  const isMajor = dice.percent(15);
  const scene = dice.of(post(courtId, "judge"), post(courtId, "executor"));
  return given({
    code: id,
    name: id,
    kind,
    caseNo: someCase(wish),
    place: SPOT,
    ...where({ ...wish, actor: { ...actor, courtId } }),
    chiefCommanderId: dice.of(post(courtId, "center-chief"), post(courtId, "director")),
    sceneCommanderId: scene,
    memberIds: [scene, post(courtId, "judicial-police"), post(courtId, "judicial-police2")],
    planDoc: text(id),
    docs: {
      searchOrderId: "搜1号",
      evictionNoticeId: "告1号",
      evictionDeadlineAt: now + dice.of(-HOUR, HOUR),
      detentionDecisionIds: ["拘1号"],
    },
    risk: dice.of("LOW", "MEDIUM", "HIGH"),
    isMajor,
    discussion: isMajor
      ? {
          recordNo: "议1号",
          officerIds: ["judge", "judge2", "executor"].map((role) => post(courtId, role)),
        }
      : undefined,
    subject: dice.percent(60) ? subject(wish) : undefined,
    musterAt: now + HOUR,
  });
};

const open: Pay = (wish) => {
  const { dice, actor, id } = wish;
  const { courtId } = actor;
  return given({
    code: id,
    name: id,
    kind: dice.pick(KINDS),
    caseNo: someCase(wish),
    approvalNo: "批1号",
    place: SPOT,
    hostCourtId: dice.percent(40) ? dice.pick(peersOf(courtId)) : undefined,
    chiefCommanderId: post(courtId, "director"),
    sceneCommanderId: post(courtId, "judge2"),
    memberIds: [
      post(courtId, "judge2"),
      post(courtId, "executor2"),
      post(courtId, "judicial-police"),
    ],
  });
};

/** One of those it is still missing of, if the actor may answer for him. */
function missingOf(
  wish: Wish,
  missing: (operation: Operation) => readonly string[],
): string | undefined {
  const operation = the(wish, "operation");
  const { officerId } = wish.actor;
  if (!operation) return undefined;
  const wanted = missing(operation);
  if (operation.sceneCommanderId !== officerId) return officerId;
  return wanted[0] ?? wish.dice.pick(teamOf(operation));
}

const unmustered = (operation: Operation): readonly string[] => {
  const checked = new Set(
    musterOf(operation)
      .filter((each) => each.certificate && each.uniform && each.bodyCam && each.deviceTest)
      .map(({ officerId }) => officerId),
  );
  return teamOf(operation).filter((each) => !checked.has(each));
};
const unshown = (operation: Operation): readonly string[] =>
  goingOf(operation).filter((each) => !showedOf(operation).includes(each));

const checkMember: Pay = (wish) => {
  const officerId = missingOf(wish, unmustered);
  const ready = !wish.dice.percent(3);
  return officerId === undefined
    ? undefined
    : {
        officerId,
        presence: "PRESENT",
        certificate: ready,
        uniform: true,
        bodyCam: true,
        deviceTest: true,
      };
};

const showCredentials: Pay = (wish) => {
  const officerId = missingOf(wish, unshown);
  return officerId === undefined ? undefined : { officerId, certificate: true, uniform: true };
};

const reportSafe: Pay = (wish) => {
  const officerId = missingOf(wish, notBack);
  return officerId === undefined ? undefined : { officerId };
};

const recordAttendee: Pay = (wish) =>
  wish.dice.percent(70)
    ? { attendeeId: `att-${wish.id}`, role: "WITNESS", subject: subject(wish) }
    : { attendeeId: `att-${wish.id}`, role: "NOTARY", office: "公证处" };

const attendeeLeft: Pay = (wish) => {
  const attendee = wish.dice.pick(the(wish, "operation")?.facts.attendees ?? []);
  return attendee && { attendeeId: attendee.id };
};

const NEEDED = ["RECORD_SIGNED", "LIST_HANDED", "NO_GOODS"] as const;
const recordScene: Pay = (wish) => {
  const happened = new Set(the(wish, "operation")?.facts.scene.map(({ kind }) => kind));
  return {
    fact: NEEDED.find((fact) => !happened.has(fact)) ?? wish.dice.of("CORDON", "INVENTORY"),
  };
};

export const PAY_OPERATION: Readonly<Record<string, Pay>> = {
  "operation.open": open,
  "operation.draft": plan,
  "operation.revise": plan,
  "operation.submit": empty,
  "operation.approve": () => ({ approvalNo: "批1号" }),
  "operation.reject": reason,
  "operation.acknowledgeFiling": empty,
  "operation.hostAcknowledge": empty,
  "operation.muster": empty,
  "operation.orderDeparture": empty,
  "operation.start": empty,
  "operation.takeCommand": empty,
  "operation.handBackCommand": empty,
  "operation.beginClosing": empty,
  "operation.checkMember": checkMember,
  "operation.showCredentials": showCredentials,
  "operation.recordAttendee": recordAttendee,
  "operation.attendeeLeft": attendeeLeft,
  "operation.recordScene": recordScene,
  "operation.reportSafe": reportSafe,
  "operation.attestEvidence": () => ({ complete: true }),
  "operation.depart": empty,
  "operation.arrive": empty,
  "operation.pause": reason,
  "operation.confirmPause": empty,
  "operation.resume": empty,
  "operation.abort": ({ id }) => ({ reason: text(id), withdrawal: text(`${id}-back`) }),
  "operation.close": empty,
};
