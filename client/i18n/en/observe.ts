export const observe = {
  banner: "Observer mode · {{n}} s delayed",
  recorded: "Read only. This visit is on record and the observed courts see it",
  visit: "This visit",
  body: {
    CONGRESS: "People's congress",
    PROCURATORATE: "Procuratorate",
    CPPCC: "Consultative conference",
    INVITED: "Invited guest",
  },
  scope: { COURT: "Totals of the court and those below it", OPERATION: "One operation" },
  until: "ends {{time}}",
  asOf: "Shown as of",
  over: "The visit is over",
  overHow:
    "The seat has ended or was taken back. For another visit speak to the inviting court; written opinions go to that court.",
  figures: "Totals",
  figure: {
    courts: "Courts",
    onDuty: "On duty",
    deployed: "Deployed",
    held: "Persons held",
    policeOpen: "Police requests open",
    policeUnanswered: "Police requests unanswered",
    incidentsEnded: "Incidents ended within 24 h",
  },
  underWay: "Operations under way",
  operations: "Operations released to this seat",
  none: {
    COURT: "The court has released no operation yet. One stands here about 30 s after its release.",
    OPERATION: "The operation was taken back, or 30 s have not passed yet.",
  },
  about: "about {{north}} N, {{east}} E (to some 1 km)",
};
