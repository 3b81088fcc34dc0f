/** The console's side of requests to linked units, and what follows a refusal. */
export const liaison = {
  ours: "For this court",
  oursEmpty:
    "No answer waits. Requests that a unit replied to, refused or left overdue are listed here.",
  waiting: "With the units",
  waitingEmpty: "No request is running. What is sent by “ask a linked unit” is listed here.",
  followed: "Suggestions and fine proposals",
  followedEmpty:
    "No suggestion or fine proposal is open. They are made from a request that was refused.",
  below: "Lower courts",
  service: "{{name}} · {{n}} working days · {{basis}}",
  unitFirst: "Choose the unit first",
  noService: "This unit offers no service",
  basis: "Basis: {{basis}} · term {{n}} working days (configurable)",
  answers: "Answers and reminders",
  answersEmpty:
    "The unit has not answered yet. The duty officer registers what it says by telephone or letter.",
  reminded: "reminded",
  consequences: "What followed",
  replies: "Replies",
  repliesEmpty: "No reply yet. The duty officer registers the letter.",
  replied: "reply received",
  fact: {
    unit: "unit",
    caseNo: "case number",
    noticeNo: "notice of assistance",
    rulingNo: "ruling",
    decisionNo: "decision",
    sentAt: "sent",
    sender: "sent by",
    detail: "what is asked",
    refusalFoundAt: "refusal found",
    refusalFound: "reason of the finding",
    endReason: "remark at the end",
    superior: "superior or authority",
    letterNo: "letter number",
    amount: "amount (yuan)",
    proposer: "proposed by",
    madeAt: "proposed",
    body: "content",
    decidedBy: "decided by",
    decidedAt: "decided",
    request: "request",
  },
  form: {
    hint: {
      liaison: {
        send: {
          noticeNo: "Every request carries a notice of assistance (Wuhan resolution, art. 10)",
        },
        answer: {
          saidBy: "name of who answered",
          note: "A reply or a refusal needs its written content",
        },
        remind: { text: "may be left empty" },
      },
      suggestion: {
        proposeFine: { amount: "a unit: 50,000 to 1,000,000 yuan (CPL art. 118)" },
        decideFine: { decisionNo: "needed to approve" },
      },
    },
    label: {
      service: "service",
      noticeNo: "number of the notice of assistance",
      rulingNo: "number of the ruling",
      superior: "superior or authority of the unit",
      amount: "amount of the fine (yuan)",
      approved: "decision",
      liaison: {
        send: {
          unitId: "linked unit",
          decisionNo: "number of the decision",
          detail: "what is asked",
        },
        answer: {
          replyNo: "number of the letter",
          state: "answer of the unit",
          note: "content of the answer",
        },
        remind: { text: "reminder" },
        findRefusal: { reason: "reason of the finding" },
      },
      suggestion: {
        issue: { letterNo: "number of the suggestion", body: "suggestion" },
        proposeFine: { body: "reason for the fine" },
        decideFine: { decisionNo: "number of the fine's decision" },
        registerReply: { replyNo: "number of the letter", text: "content of the reply" },
      },
    },
  },
};
