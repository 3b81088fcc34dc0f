import type { Audience } from "../../../shared/domain/authority/audience.ts";
import type { Occurred } from "../../../shared/domain/kernel/event.ts";
import type { SubjectRef } from "../../../shared/domain/kernel/record.ts";
import type { Refusal } from "../../../shared/domain/kernel/refusal.ts";
import type { Operation } from "../../../shared/domain/operation/state.ts";
import { refusalText } from "../../../shared/domain/refusal-text.ts";
import { operation, province } from "./province.ts";
import { Story } from "./story.ts";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const NOTE = { id: "t1", hash: "h1" };
export const SUBJECT: SubjectRef = {
  id: "s1",
  label: "张**",
  sex: "M",
  ageBand: "18_69",
  flags: [],
};

type Payload = Readonly<Record<string, unknown>>;

/** One 拘传 or 拘留 of 江岸 court, `d1`, told in one word per step. */
export function detentionStory(op: Partial<Operation> = {}) {
  const story = new Story([...province(), operation(op)]);
  const about = {
    caseNo: "(2026)鄂0102执1号",
    operationId: "op1",
    subject: SUBJECT,
    escortIds: ["jiangan.police"],
  };
  const command = (by: string, verb: string, payload: Payload = {}, id = "d1") => ({
    by,
    kind: `detention.${verb}`,
    ref: { type: "detention", id } as const,
    payload,
  });
  const when = (by: string, verb: string, payload?: Payload, id?: string) =>
    story.when(command(by, verb, payload, id));
  const accepted = (by: string, verb: string, payload?: Payload, id?: string) =>
    story.accepted(command(by, verb, payload, id));
  const record = (id = "d1") => story.the("detention", id);
  return {
    story,
    about,
    when,
    accepted,
    record,
    refusedBy: (by: string, verb: string, payload?: Payload, id?: string) =>
      story.refused(command(by, verb, payload, id)),
    /** A report of the escorting judicial police. */
    fact: (
      verb: string,
      payload: Payload = {},
      occurred?: Occurred,
      by = "jiangan.police",
      id = "d1",
    ) => story.accepted({ ...command(by, verb, payload, id), ...(occurred ? { occurred } : {}) }),
    compel: (more: Payload = {}) =>
      accepted("jiangan.president", "approveCompel", {
        ...about,
        warrantNo: "W1",
        basisArticles: ["民诉法解释第482条"],
        ...more,
      }),
    propose: (more: Payload = {}, id?: string) =>
      accepted(
        "jiangan.judge",
        "propose",
        { ...about, actId: "a1", days: 15, basisArticles: ["民事诉讼法第114条"], ...more },
        id,
      ),
    approve: (more: Payload = {}, id?: string) =>
      accepted("jiangan.president", "approve", { decisionNo: "J1", ...more }, id),
    clock: (name: string, id?: string) => record(id).clocks[name],
    dto: (audience: Audience, id = "d1") => story.dto("detention", id, audience),
    said: (refusal: Refusal) => refusalText(refusal),
  };
}
