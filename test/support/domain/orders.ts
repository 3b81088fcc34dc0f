import { officer, operation, province } from "./province.ts";
import { Story, type When } from "./story.ts";

export const textOf = (id: string) => ({ id, hash: "h" });

/** The province with people who may issue and answer orders in every court. */
export const orderStory = (more: Parameters<typeof operation>[0] = {}): Story =>
  new Story([
    ...province(),
    officer("hanyang.director", "hanyang", "DIRECTOR"),
    officer("fancheng.duty", "fancheng", "DUTY_OFFICER"),
    officer("fancheng.director", "fancheng", "DIRECTOR"),
    officer("xiangyang.director", "xiangyang", "DIRECTOR"),
    officer("wuhan.chief", "wuhan", "CENTER_CHIEF"),
    operation({ state: "EXECUTING", ...more }),
  ]);

/** Issues order `id`, as a task to 江岸 unless told otherwise. */
export const issueOrder = (by: string, kind: string, more: object = {}, id = "o1"): When => ({
  by,
  kind: `order.${kind}`,
  ref: { type: "order", id },
  payload: { urgency: "P2", body: textOf("body"), ...more },
});

/** Something done about order `id`. */
export const onOrder = (by: string, verb: string, payload: object = {}, id = "o1"): When => ({
  by,
  kind: `order.${verb}`,
  ref: { type: "order", id },
  payload: { ...payload },
});
