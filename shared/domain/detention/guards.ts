import { type Refusal, refusal } from "../kernel/refusal.ts";
import { heldSince, isTerminal } from "./milestones.ts";
import type { Detention } from "./state.ts";

/** Law and state without payload: what makes a button name the article that stops it. */
type Guard = (detention: Detention) => Refusal | undefined;

const notEnded: Guard = (d) =>
  isTerminal(d) ? refusal("DETENTION_ENDED", { ruleId: "DET-4" }) : undefined;

const compelOnly =
  (ruleId: string): Guard =>
  (d) =>
    d.kind === "COMPEL" ? undefined : refusal("NOT_A_COMPEL", { ruleId });

const detainOnly =
  (ruleId: string): Guard =>
  (d) =>
    d.kind === "DETAIN" ? undefined : refusal("NOT_A_DETENTION", { ruleId });

const when =
  (wrong: (d: Detention) => boolean, code: string, ruleId: string): Guard =>
  (d) =>
    wrong(d) ? refusal(code, { ruleId }) : undefined;

/** The first that refuses. */
const all =
  (...guards: readonly Guard[]): Guard =>
  (d) => {
    for (const guard of guards) {
      const no = guard(d);
      if (no) return no;
    }
    return undefined;
  };

const approvedAlready = when((d) => d.times.approvedAt !== undefined, "ALREADY_APPROVED", "D3");

export const mayApprove: Guard = all(
  detainOnly("D3"),
  notEnded,
  approvedAlready,
  when((d) => d.emergency, "APPROVE_RETRO_INSTEAD", "D2"),
);

/** Also after the person is free: the approval that was missing is still due. */
export const mayApproveRetro: Guard = all(
  when((d) => d.state === "REVOKED", "DETENTION_ENDED", "DET-4"),
  approvedAlready,
  when((d) => !d.emergency, "NOT_EMERGENCY", "D2"),
);

/** Turns by itself when the 8 hours are over. */
const withinEightHours: Guard = (d) => {
  const inquiry = d.clocks.inquiry;
  return inquiry ? { code: "EIGHT_HOURS_OVER", ruleId: "S5", from: inquiry.dueAt } : undefined;
};

export const mayExtend: Guard = all(
  compelOnly("S5"),
  notEnded,
  when((d) => d.extended24h, "ALREADY_EXTENDED", "S5"),
  when((d) => d.clocks.inquiry === undefined, "NOT_ARRIVED", "S5"),
  withinEightHours,
);

export const mayConvert: Guard = all(
  compelOnly("D3"),
  notEnded,
  when((d) => heldSince(d.times) === undefined, "NOT_CONTROLLED", "D4"),
);

export const mayReleaseEarly: Guard = all(
  detainOnly("D7"),
  notEnded,
  when((d) => d.state !== "IN_CUSTODY", "NOT_IN_CUSTODY", "D7"),
);

export const mayStop: Guard = all(detainOnly("D15"), notEnded);

export const mayRevoke: Guard = all(
  detainOnly("D9"),
  notEnded,
  when((d) => d.times.approvedAt === undefined && !d.emergency, "NOT_DECIDED", "D9"),
);
