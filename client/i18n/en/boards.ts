import type { boards as zh } from "../zh/boards.ts";

export const boards: typeof zh = {
  menu: "Boards",
  toMap: "Back to the map",
  count: "{{n}}",
  countAct: "{{n}} · {{act}} overdue",
  overdueBy: "overdue by {{time}}",
  dueAt: "due {{time}}",
  name: {
    orders: "Orders",
    reports: "Reports",
    duty: "Duty desk",
    rollcall: "Roll-call",
    notices: "Notices",
    outside: "Calls outside",
    liaison: "Linked units",
    delegation: "Delegation",
    supervision: "Supervision",
    interference: "Interference records",
    observers: "Observers and looks",
    missed: "Missed",
  },
  orders: {
    iOwe: "This court owes",
    iOweEmpty: "No open order from above. Orders of the courts above appear here.",
    owedToMe: "Owed to this court",
    owedEmpty:
      "Every order of this court is settled, or none was issued. Press / and type “order” to issue one.",
    returns: "returned {{n}} times",
    suspended: "its clock rests while it is reconsidered",
  },
};
