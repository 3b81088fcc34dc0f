/** The dialogue about a step of the machine's clock; part of the console's words. */
export const time = {
  title: "The machine's clock jumped",
  look: "Look",
  none: "The machine's clock and server time agree; nothing waits for a decision.",
  server: "Server time",
  machine: "Machine ({{node}})",
  ahead: "Machine is ahead",
  behind: "Machine is behind",
  heldAt: "Noticed {{at}}; the machine's clock has had no say in server time since.",
  acceptForward: "Server time goes forward by {{by}} at once. This cannot be taken back.",
  acceptBack:
    "Server time never runs back: it goes slower by half a percent and has worked off {{by}} after {{takes}}. Clocks still come due by the time that passes.",
  dueLiberty: "Clocks of liberty due at once: {{n}}",
  dueOther: "Other clocks due at once: {{n}}",
  refuseWhat:
    "Server time goes on as it does, no clock changes; every seat says so until the machine's clock agrees again. It can still be accepted later.",
  sure: "Accept for good",
  later: "Not now",
  notHere: "The High Court's duty officer or director decides.",
  decisions: "Decided before",
  noDecisions: "Nothing was decided before.",
  accepted: "{{at}} {{by}} accepted ({{difference}})",
  refused: "{{at}} {{by}} refused ({{difference}})",
};
