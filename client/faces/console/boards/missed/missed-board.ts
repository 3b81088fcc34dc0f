import { seenAll } from "../../../../store/duty-dto.ts";
import { openCalls, owedNotices } from "../../../../store/open-calls.ts";
import { missedCount, missedOf } from "../../duty/missed.ts";
import { calledAs, isMine, rolesOfHello } from "../../duty/use-called.ts";
import type { Board, BoardView } from "../board.ts";
import { MissedBoard } from "./MissedBoard.tsx";

/** Opens by itself once, before work (`duty/MissedOnce.tsx`); afterwards it is a board like others. */
export const missedBoard: Board = {
  name: "missed",
  Body: MissedBoard,
  /** The boards of calls, orders and notices say which of it must be acted on now. */
  count({ maps, hello, now }: BoardView) {
    const notices = seenAll(maps.notice);
    const missed = missedOf({
      owed: owedNotices(notices).filter(isMine(hello)),
      notices,
      orders: maps.order.values(),
      calls: openCalls(seenAll(maps.rollcall), calledAs(hello)),
      courtId: hello?.courtId ?? "",
      roles: rolesOfHello(hello),
      since: now,
    });
    return { open: missedCount(missed), act: 0 };
  },
};
