import { type Facts, factsIn } from "./fact.ts";

const { text, at, free } = factsIn("oversight:fact.");

type Turn = { readonly turnCourtId?: string; readonly assignee?: string };

const delegation: Facts<"delegation"> = (dto, { t, names }) => {
  const { turnCourtId, assignee, contact } = dto as Turn & { readonly contact?: string };
  const { papers, returned } = dto;
  return [
    text("fromCourt", names.court(dto.courtId)),
    text("toCourt", names.court(dto.toCourtId)),
    text("superior", names.court(dto.superiorCourtId)),
    text("turn", names.court(turnCourtId)),
    text("caseNo", dto.caseNo),
    free("request", dto.request, t),
    text("docs", dto.docs?.map(({ name, no }) => `${name} ${no}`).join("、")),
    text("decisionNo", dto.decisionNo),
    free("address", dto.address, t),
    text("contact", contact),
    text("assignee", assignee),
    text("phoned", dto.phonedTo),
    free("papers", papers?.text, t),
    at("papersAt", papers?.completedAt),
    text("returned", returned && t(`oversight:delegation.code.${returned.code}`)),
    free("returnText", returned?.text, t),
    free("remark", dto.reviewRemark, t),
    free("withdrawReason", dto.withdrawReason, t),
  ];
};

const supervision: Facts<"supervision"> = (dto, { t, names }) => {
  const { turnCourtId, assignee } = dto as Turn;
  const { interview, closed } = dto;
  return [
    text("target", names.court(dto.targetCourtId)),
    text("turn", names.court(turnCourtId)),
    text("trigger", dto.trigger && t(`oversight:supervision.trigger.${dto.trigger}`)),
    text("caseNo", dto.caseNo),
    at("acceptedAt", dto.acceptedAt),
    free("matter", dto.matter, t),
    text("letterNo", dto.letterNo),
    free("demand", dto.demand, t),
    at("due", dto.dueAt),
    text("assignee", assignee),
    at("interview", interview?.heldAt),
    text("attendees", interview?.attendeeIds.map((id) => names.officer(id)).join("、")),
    free("minutes", interview?.minutes, t),
    free("closed", closed?.text, t),
  ];
};

const observer: Facts<"observer"> = (dto, { t }) => [
  text("kind", dto.body && t(`oversight:observer.body.${dto.body}`)),
  text("organisation", dto.organisation),
  free("visitor", dto.visitor, t),
  text("scope", dto.scope && t(`oversight:observer.scope.${dto.scope}`)),
  text("released", dto.released && String(dto.released.length)),
  at("endsAt", dto.endsAt),
];

const opinion: Facts<"opinion"> = (dto, { t }) => [
  text("kind", dto.body && t(`oversight:observer.body.${dto.body}`)),
  text("organisation", dto.organisation),
  text("docNo", dto.docNo),
  at("receivedAt", dto.receivedAt),
  free("text", dto.text, t),
  text("replyNo", dto.reply?.replyNo),
  free("reply", dto.reply?.text, t),
];

export const OVERSIGHT_FACTS = { delegation, supervision, observer, opinion };
