import type { Hello } from "../../../../../shared/wire/live.ts";
import { type SeenShift, seenAll } from "../../../../store/duty-dto.ts";
import type { Board, BoardView } from "../board.ts";
import { DutyBoard } from "./DutyBoard.tsx";
import { desksBelow, type FlaggedDesk } from "./desks-below.ts";

/** What is wrong at the own desk counts as much as what is wrong at those directly below. */
export const dutyBoard: Board = {
  name: "duty",
  Body: DutyBoard,
  count({ maps, hello }: BoardView) {
    const desks = desksOf(maps, hello);
    return {
      open: desks.length,
      act: desks.filter(({ status }) => status.kind === "UNSIGNED").length,
    };
  },
};

function desksOf(maps: BoardView["maps"], hello: Hello | undefined): readonly FlaggedDesk[] {
  const shifts: readonly SeenShift[] = seenAll(maps.shift);
  return desksBelow(maps.court, shifts, hello?.courtId, { withOwn: true });
}
