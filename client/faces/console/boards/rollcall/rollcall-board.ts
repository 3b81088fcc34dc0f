import { seenAll } from "../../../../store/duty-dto.ts";
import { openCalls } from "../../../../store/open-calls.ts";
import { calledAs } from "../../duty/use-called.ts";
import type { Board, BoardView } from "../board.ts";
import { RollCallBoard } from "./RollCallBoard.tsx";

export const rollcallBoard: Board = {
  name: "rollcall",
  Body: RollCallBoard,
  /** Calls that wait for this desk; one that is late must be answered all the same. */
  count({ maps, hello }: BoardView) {
    const open = openCalls(seenAll(maps.rollcall), calledAs(hello));
    return { open: open.length, act: open.filter(({ late }) => !late).length };
  },
};
