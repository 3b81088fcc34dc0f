import { lentElsewhere } from "../../../shared/domain/officer/lent.ts";
import { type Pay, post, text, the } from "./wish.ts";

/** Nobody whom the play puts into operations of its own. */
const FIELD_POSTS = ["judicial-police3", "executor3"] as const;

/** To an order for forces those of the field who are at home; seldom somebody of the desk, or nobody. */
const feedback: Pay = (wish) => {
  const answer = { text: text(wish.id) };
  if (the(wish, "order")?.kind !== "RESOURCE" || wish.dice.percent(3)) return answer;
  const { courtId } = wish.actor;
  const atHome = FIELD_POSTS.map((role) => post(courtId, role)).filter(
    (id) => lentElsewhere(wish.state, id) === undefined,
  );
  return { ...answer, officerIds: [wish.dice.pick(atHome) ?? post(courtId, "duty-officer")] };
};

/** 调警 and 归建, with the answer that every order has. */
export const PAY_FORCES: Readonly<Record<string, Pay>> = {
  "order.feedback": feedback,
  "order.recall": ({ dice, key }) => (dice.percent(50) ? { courtId: key } : {}),
};
