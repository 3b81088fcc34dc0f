import { isUnderWay } from "../../../shared/domain/operation/steps.ts";
import { below, DAY, given, type Pay, some, text, the, type Wish } from "./wish.ts";

/** Under way, of the court or one below it, and not released to the seat yet. */
const toShow = (wish: Wish, courtId: string, released: readonly string[] = []) =>
  some(
    wish,
    "operation",
    (each) =>
      [courtId, ...below(courtId)].includes(each.courtId) &&
      isUnderWay(each) &&
      !released.includes(each.id),
  );

/** A body that oversees the court sees figures; guests see one operation, if there is one. */
const open: Pay = (wish) => {
  const { dice, actor, now, id } = wish;
  const one = dice.percent(30) ? toShow(wish, actor.courtId) : undefined;
  return given({
    body: one ? "INVITED" : dice.of("CONGRESS", "PROCURATORATE", "CPPCC"),
    organisation: "某机关",
    visitor: text(id),
    operationId: one?.id,
    endsAt: now + dice.of(DAY, 20 * DAY),
  });
};

const release: Pay = (wish) => {
  const seat = the(wish, "observer");
  return { operationId: (seat && toShow(wish, seat.courtId, seat.released)?.id) ?? "none" };
};

const withhold: Pay = (wish) => ({ operationId: the(wish, "observer")?.released[0] ?? "none" });

/** Some come of a visit. */
const register: Pay = (wish) => {
  const { dice, actor, id } = wish;
  const visit = dice.percent(40)
    ? some(wish, "observer", ({ courtId }) => courtId === actor.courtId)
    : undefined;
  return given({
    body: visit?.body ?? "CONGRESS",
    organisation: "某机关",
    docNo: "函1号",
    observerId: visit?.id,
    text: text(id),
  });
};

export const PAY_OVERSIGHT: Readonly<Record<string, Pay>> = {
  "observer.open": open,
  "observer.release": release,
  "observer.withhold": withhold,
  "observer.end": () => ({}),
  "opinion.register": register,
  "opinion.reply": ({ id }) => ({ replyNo: "复1号", text: text(id) }),
};
