import { officer, province } from "./province.ts";
import type { When } from "./story.ts";
import { Story } from "./story.ts";

/** A province in which the entrusted courts have somebody in their centres, and one more sibling. */
export const peersStory = (): Story =>
  new Story([
    ...province(),
    officer("hanyang.executor", "hanyang", "EXECUTOR"),
    officer("fancheng.duty", "fancheng", "DUTY_OFFICER"),
    officer("fancheng.judge", "fancheng", "JUDGE"),
    officer("wuhan.president", "wuhan", "PRESIDENT"),
    officer("xiangyang.director", "xiangyang", "DIRECTOR"),
    officer("jiangan.inspector", "jiangan", "INSPECTOR"),
  ]);

export const textRef = (id: string) => ({ id, hash: "h" });

/** What 江岸 asks of 汉阳; fields may be replaced. */
export const content = (more: object = {}) => ({
  itemType: "FREEZE_DEPOSIT",
  caseNo: "(2026)鄂0102执1号",
  docs: [{ name: "执行裁定书", no: "R1" }],
  request: textRef("request"),
  urgent: false,
  ...more,
});

export const del = (by: string, verb: string, payload: object = {}, id = "del1"): When => ({
  by,
  kind: `delegation.${verb}`,
  ref: { type: "delegation", id },
  payload: payload as Record<string, unknown>,
});

/** The whole way of one delegation, without a return or a question. */
export const WAY: readonly (readonly [string, string, object, string])[] = [
  ["jiangan.judge", "submit", {}, "CENTER_REVIEW"],
  ["jiangan.duty", "send", {}, "SENT"],
  ["hanyang.duty", "accept", {}, "ACCEPTED"],
  ["hanyang.duty", "assign", { assigneeId: "hanyang.executor" }, "ASSIGNED"],
  ["hanyang.executor", "start", {}, "DOING"],
  ["hanyang.executor", "feedback", { text: textRef("result") }, "FEEDBACK"],
  ["jiangan.judge", "confirm", {}, "CONFIRMED"],
];

/** A delegation to 汉阳 that has come as far as `state`. */
export function delegated(state: string, more: object = {}, toCourtId = "hanyang"): Story {
  const story = peersStory();
  story.accepted(del("jiangan.judge", "draft", { ...content(more), toCourtId }));
  for (const [by, verb, payload, reached] of WAY) {
    if (story.the("delegation", "del1").state === state) break;
    story.accepted(del(by.replace("hanyang", toCourtId), verb, payload));
    if (reached === state) break;
  }
  return story;
}
