import type { PartName } from "./parts.ts";
import type { Relation } from "./relation.ts";
import { CENTER_ROLES, COMMAND_ROLES, FIELD_ROLES, type Role } from "./roles.ts";

/**
 * Who may do what (domain/authority.md 5.1): one row per command kind, one cell per relation of the
 * record's court as seen from the actor. No cell, no right: deny by default. A command kind without
 * a row fails the build (`test/unit/authority-oracle.test.ts`).
 */
export interface Cell {
  /** Any one of these roles … */
  readonly roles?: readonly Role[] | "ANY";
  /** … or being one of these in the record. */
  readonly parts?: readonly PartName[];
  /** Never somebody who is this in the record (a different person must approve). */
  readonly except?: readonly PartName[];
  /** And the actor's court must be this in the record. */
  readonly inCourt?: PartName;
}

export type Row = Readonly<Partial<Record<Relation, Cell>>>;

const roles = (...list: Role[]): Cell => ({ roles: list });
const field: Cell = { roles: FIELD_ROLES };
const center: Cell = { roles: CENTER_ROLES };
const fieldOrCenter: Cell = { roles: [...FIELD_ROLES, ...CENTER_ROLES] };
const liaison: Cell = roles("LIAISON_USER");
const commanders: Cell = { roles: COMMAND_ROLES };
const reviewer: Cell = { roles: CENTER_ROLES, except: ["proposer"] };
const caseOrCenter: Cell = { roles: ["JUDGE", "EXECUTOR", ...CENTER_ROLES] };
const entrusted: Cell = { roles: CENTER_ROLES, inCourt: "recipientCourt" };
const supervised: Cell = { roles: CENTER_ROLES, parts: ["assignee"], inCourt: "recipientCourt" };
const holding: Cell = { roles: CENTER_ROLES, inCourt: "holderCourt" };
const handed: Cell = { roles: CENTER_ROLES, inCourt: "handedCourt" };
const helping: Cell = { roles: CENTER_ROLES, inCourt: "assistCourt" };
const admin = { own: roles("SYSTEM_ADMIN"), down: roles("SYSTEM_ADMIN") } satisfies Row;
const security = { own: roles("SECURITY_ADMIN"), down: roles("SECURITY_ADMIN") } satisfies Row;

export const AUTHORITY: Readonly<Record<string, Row>> = {
  // Registry: administrators, who see no case content.
  "court.register": admin,
  "team.register": admin,
  "officer.register": admin,
  "device.register": admin,
  "device.revoke": admin,
  "asset.register": admin,
  "unit.register": admin,
  // Whom the notifier calls: whoever runs the centre, and the administrators.
  "court.setDutyContact": {
    own: { roles: [...COMMAND_ROLES, "SYSTEM_ADMIN"] },
    down: roles("SYSTEM_ADMIN"),
  },
  "officer.grant": security,
  "officer.revokeGrant": security,
  "officer.disable": security,
  "officer.enable": security,
  "officer.revokeSession": security,
  "officer.setDuty": { own: { roles: CENTER_ROLES, parts: ["self"] } },

  // Operation: a higher court orders, pauses and aborts (order.*); it never ticks these boxes.
  "operation.open": { own: roles("DIRECTOR", "PRESIDENT") },
  "operation.depart": { own: { parts: ["chiefCommander", "sceneCommander"] } },
  "operation.arrive": { own: { parts: ["sceneCommander"] } },
  "operation.start": {
    own: { parts: ["chiefCommander", "sceneCommander"] },
    down: { parts: ["chiefCommander"] },
  },
  "operation.pause": { own: { roles: CENTER_ROLES, parts: ["chiefCommander", "sceneCommander"] } },
  "operation.confirmPause": { own: { parts: ["chiefCommander", "sceneCommander"] } },
  "operation.resume": {
    own: { roles: COMMAND_ROLES, parts: ["chiefCommander", "sceneCommander"] },
  },
  "operation.abort": { own: { roles: COMMAND_ROLES, parts: ["chiefCommander"] } },
  "operation.close": { own: roles("DIRECTOR") },
  // From plan to safe return. The court above and the host sign for what they were told, no more.
  "operation.draft": { own: roles("JUDGE", "EXECUTOR") },
  "operation.revise": { own: { parts: ["proposer", "sceneCommander"] } },
  "operation.submit": { own: { parts: ["proposer"] } },
  "operation.approve": { own: { roles: ["DIRECTOR", "PRESIDENT"], except: ["proposer"] } },
  "operation.reject": { own: { roles: ["DIRECTOR", "PRESIDENT"], except: ["proposer"] } },
  "operation.acknowledgeFiling": { down: { roles: CENTER_ROLES, inCourt: "filedCourt" } },
  "operation.hostAcknowledge": { host: center },
  "operation.muster": { own: { parts: ["sceneCommander"] } },
  "operation.checkMember": { own: { parts: ["member", "sceneCommander"] } },
  "operation.orderDeparture": {
    own: { parts: ["chiefCommander", "sceneCommander"] },
    down: { parts: ["chiefCommander"] },
  },
  // 提级指挥: the chief commander of a court above orders departure and start, and ticks nothing.
  "operation.takeCommand": { down: commanders },
  "operation.handBackCommand": { down: { roles: COMMAND_ROLES, inCourt: "commandCourt" } },
  "operation.showCredentials": { own: { parts: ["member", "sceneCommander"] } },
  "operation.recordAttendee": { own: { parts: ["member", "sceneCommander"] } },
  "operation.attendeeLeft": { own: { parts: ["member", "sceneCommander"] } },
  "operation.recordScene": { own: { parts: ["member", "sceneCommander"] } },
  "operation.beginClosing": { own: { parts: ["sceneCommander"] } },
  "operation.reportSafe": { own: { parts: ["member", "sceneCommander"] } },
  "operation.attestEvidence": { own: { parts: ["sceneCommander"] } },

  // Detention (model 4.4).
  "detention.approveCompel": { own: roles("PRESIDENT") },
  "detention.propose": { own: roles("JUDGE") },
  "detention.approve": { own: { roles: ["PRESIDENT"], except: ["proposer"] } },
  "detention.approveRetro": { own: { roles: ["PRESIDENT"], except: ["proposer"] } },
  "detention.control": { own: field },
  "detention.arrive": { own: field },
  "detention.startInquiry": { own: field },
  "detention.endInquiry": { own: field },
  "detention.extend": { own: roles("PRESIDENT") },
  "detention.convert": { own: roles("JUDGE") },
  "detention.transit": { own: roles("JUDICIAL_POLICE") },
  "detention.intake": { own: roles("JUDICIAL_POLICE") },
  "detention.refuseIntake": { own: roles("JUDICIAL_POLICE") },
  "detention.notifyFamily": { own: field },
  "detention.release": { own: { roles: [...FIELD_ROLES, "DUTY_OFFICER", "PRESIDENT"] } },
  "detention.releaseEarly": { own: roles("PRESIDENT") },
  "detention.stop": { own: roles("PRESIDENT") },
  "detention.revoke": { down: roles("REVIEW_JUDGE") },

  // Police support (model 4.5). Answers by telephone are typed in by a duty officer.
  "police.send": { own: fieldOrCenter },
  "police.answer": { own: center, host: holding },
  // From above no more than that they answered (model 4.5): what happens there is the own court's word.
  "police.ackOnBehalf": { down: center },
  "police.recordRelease": { own: center, host: holding },
  "police.reroute": { own: center, down: center, host: holding },
  "police.take": { down: center },
  "police.takeOver": { own: { roles: ["JUDICIAL_POLICE", "DUTY_OFFICER"] } },
  "police.close": { own: { roles: CENTER_ROLES, parts: ["sender"] } },
  "police.cancel": { own: { roles: CENTER_ROLES, parts: ["sender"] } },

  // Linked units (model 4.5, 4.6; authority.md 5.2): the asked unit answers, the court asks and judges.
  "police.respond": { unit: liaison },
  "police.handOver": { unit: liaison },
  "police.release": { unit: liaison },
  "police.takeIn": { unit: liaison },
  "police.decline": { unit: liaison },
  "police.finish": { unit: liaison },
  "liaison.send": { own: fieldOrCenter },
  "liaison.answer": { own: center },
  "liaison.remind": { own: { roles: CENTER_ROLES, parts: ["sender"] } },
  "liaison.findRefusal": { own: commanders },
  "liaison.close": { own: { roles: CENTER_ROLES, parts: ["sender"] } },
  "liaison.withdraw": { own: { roles: CENTER_ROLES, parts: ["sender"] } },
  "liaison.respond": { unit: liaison },
  "liaison.reply": { unit: liaison },
  "liaison.refuse": { unit: liaison },
  "suggestion.issue": { own: roles("DIRECTOR", "PRESIDENT") },
  "suggestion.proposeFine": { own: roles("JUDGE", "EXECUTOR", "DIRECTOR") },
  "suggestion.decideFine": { own: { roles: ["PRESIDENT"], except: ["proposer"] } },
  "suggestion.registerReply": { own: center },
  "suggestion.close": { own: roles("DIRECTOR", "PRESIDENT") },

  // Incident (model 4.10). Anybody may call for help.
  "incident.sos": { own: { roles: "ANY" } },
  "incident.report": { own: fieldOrCenter },
  "incident.seen": { own: center, down: center, host: center },
  "incident.acknowledge": { own: center, down: center, host: center },
  "incident.requestCancel": { own: { parts: ["reporter"] } },
  "incident.setLevel": { own: center },
  "incident.confirm": { own: center },
  "incident.respond": { own: center, host: center },
  "incident.control": { own: center, host: center },
  "incident.resolve": { own: center },
  "incident.falseAlarm": { own: center },
  "incident.review": { own: commanders },

  // Who holds it (5.1 指定执行/提级): from above only, never sideways. A designated or helping court
  // stands as a host does.
  "incident.take": { down: center },
  "incident.designate": { own: commanders, down: commanders },
  "incident.handBack": { down: holding, host: holding },
  "incident.sign": { own: handed, down: handed, host: handed },
  "incident.setDeadline": { own: commanders, down: commanders },
  "incident.assist": { own: center, down: center, host: holding },
  "incident.declineAssist": { down: helping, host: helping },
  "incident.handOver": { down: helping, host: helping },
  "incident.takeOver": { own: fieldOrCenter },
  "police.designate": { own: commanders, down: commanders },
  "police.handBack": { down: holding, host: holding },
  "police.sign": { own: handed, down: handed, host: handed },
  "police.setDeadline": { own: commanders, down: commanders },

  // Orders go down, receipts come up. For issuing, the record's court is the receiving court.
  "order.task": { down: commanders },
  "order.pause": { down: center },
  "order.liftPause": { down: center },
  "order.abort": { down: commanders },
  "order.deliver": { up: { roles: CENTER_ROLES, inCourt: "recipientCourt" } },
  "order.sign": { up: { roles: CENTER_ROLES, inCourt: "recipientCourt" } },
  "order.progress": { up: { roles: CENTER_ROLES, inCourt: "recipientCourt" } },
  "order.feedback": { up: { roles: ["DIRECTOR"], inCourt: "recipientCourt" } },
  "order.accept": { own: commanders },
  "order.return": { own: commanders },
  "order.revoke": { own: commanders },

  // Orders, whole (model 4.7): the other kinds, and reconsideration by the recipient's director.
  "order.command": { down: commanders },
  "order.correct": { down: commanders },
  "order.defer": { down: commanders },
  "order.reassign": { down: commanders },
  "order.resource": { down: commanders },
  "order.recall": { own: commanders },
  "order.askReconsideration": { up: { roles: ["DIRECTOR"], inCourt: "recipientCourt" } },
  "order.answerReconsideration": { own: commanders },
  // Reports go up from a centre; whoever they reached reads them, whoever holds them answers.
  "report.submit": { own: center },
  "report.read": { down: { roles: CENTER_ROLES, inCourt: "recipientCourt" } },
  "report.handle": { down: { roles: CENTER_ROLES, inCourt: "recipientCourt" } },

  // Messages are not commands; they go along the line of courts, never sideways.
  "message.send": { own: fieldOrCenter, down: center, up: center },
  "message.deliver": {
    own: { roles: CENTER_ROLES, parts: ["recipient"] },
    up: { roles: CENTER_ROLES, inCourt: "recipientCourt" },
    down: { roles: CENTER_ROLES, inCourt: "recipientCourt" },
  },
  "message.read": {
    own: { roles: CENTER_ROLES, parts: ["recipient"] },
    up: { roles: CENTER_ROLES, inCourt: "recipientCourt" },
    down: { roles: CENTER_ROLES, inCourt: "recipientCourt" },
  },

  // Delegation (model 4.9): between peers, so nobody commands. The entrusted court answers what it
  // was asked; only the common superior orders. Whoever drafted does not review for the centre.
  "delegation.draft": { own: roles("JUDGE", "EXECUTOR") },
  "delegation.revise": { own: roles("JUDGE", "EXECUTOR") },
  "delegation.submit": { own: roles("JUDGE", "EXECUTOR") },
  "delegation.sendBack": { own: reviewer },
  "delegation.send": { own: reviewer },
  "delegation.accept": { sibling: entrusted },
  "delegation.askPapers": { sibling: entrusted },
  "delegation.completePapers": { own: caseOrCenter },
  "delegation.return": { sibling: entrusted },
  "delegation.assign": { sibling: entrusted },
  "delegation.start": { sibling: { ...entrusted, parts: ["assignee"] } },
  "delegation.progress": { sibling: { ...entrusted, parts: ["assignee"] } },
  "delegation.feedback": { sibling: { ...entrusted, parts: ["assignee"] } },
  "delegation.confirm": { own: caseOrCenter },
  "delegation.redo": { own: caseOrCenter },
  "delegation.withdraw": { own: caseOrCenter },
  "delegation.direct": { down: { roles: COMMAND_ROLES, inCourt: "superiorCourt" } },

  // Supervision (model 4.8): opened and closed by a court above. The supervised court names a
  // person, reports and shows evidence, and nothing else.
  "supervision.open": { down: commanders },
  "supervision.sendLetter": { own: commanders },
  "supervision.assign": { up: { roles: COMMAND_ROLES, inCourt: "recipientCourt" } },
  "supervision.start": { up: supervised },
  "supervision.report": {
    up: { roles: ["DIRECTOR", "PRESIDENT"], inCourt: "recipientCourt" },
  },
  "supervision.return": { own: commanders },
  "supervision.urge": { own: center },
  "supervision.measure": { own: commanders },
  "supervision.interview": { own: commanders },
  "supervision.find": { own: commanders },
  "supervision.addItem": { own: commanders },
  "supervision.showEvidence": { up: supervised },
  "supervision.returnItem": { own: commanders },
  "supervision.closeItem": { own: commanders },
  "supervision.close": { own: commanders },

  // Interference record: whoever handles cases, for his own court; nobody changes it afterwards.
  "interference.record": { own: { roles: [...FIELD_ROLES, "REVIEW_JUDGE", ...CENTER_ROLES] } },

  // Observers: the court that invites opens, shows and ends; the observer himself commands nothing.
  "observer.open": { own: commanders },
  "observer.release": { own: commanders },
  "observer.withhold": { own: commanders },
  "observer.end": { own: commanders },
  "opinion.register": { own: center },
  "opinion.reply": { own: roles("DIRECTOR", "PRESIDENT") },

  // The server's time: the desk of the court whose server it is. Never the machine's administrator,
  // who could have set its clock himself.
  "timebase.accept": { own: roles("DUTY_OFFICER", "DIRECTOR") },
  "timebase.refuse": { own: roles("DUTY_OFFICER", "DIRECTOR") },

  // Duty: the centre's roster; the outgoing officer gives, only the incoming one himself signs.
  "shift.schedule": { own: commanders },
  "shift.cancel": { own: commanders },
  "shift.prepare": { own: { roles: COMMAND_ROLES, parts: ["self"] } },
  "shift.mark": { own: { roles: COMMAND_ROLES, parts: ["self"] } },
  "shift.offer": { own: { roles: COMMAND_ROLES, parts: ["self"] } },
  "shift.returnList": { own: { parts: ["recipient"] } },
  "shift.sign": { own: { parts: ["self"] } },
  // Roll-call and notices: own terminals and courts, and those below; each target is judged by its court.
  "rollcall.call": { own: center, down: center },
  "rollcall.answer": {
    own: { roles: CENTER_ROLES, parts: ["recipient"] },
    up: { roles: CENTER_ROLES, parts: ["recipient"], inCourt: "recipientCourt" },
  },
  "rollcall.fault": { own: center },
  "rollcall.quality": { own: center },
  "notice.publish": { own: center, down: center },
  "notice.acknowledge": {
    own: { roles: CENTER_ROLES, parts: ["recipient"], inCourt: "recipientCourt" },
    up: { roles: CENTER_ROLES, inCourt: "recipientCourt" },
  },
  "notice.remind": { own: center },
  // Calls outside: the desk that was to be called, and those above it, have a failed one tried again.
  "notification.retry": { own: center, down: center },
  // Check-in: himself; the centre of his court, or of the operation's where he was lent.
  "checkin.begin": { own: fieldOrCenter },
  "checkin.sign": { own: { parts: ["self"] } },
  "checkin.vouch": {
    own: center,
    host: center,
    down: { roles: CENTER_ROLES, inCourt: "issuerCourt" },
  },
  "checkin.stop": {
    own: center,
    host: center,
    down: { roles: CENTER_ROLES, inCourt: "issuerCourt" },
  },
};
