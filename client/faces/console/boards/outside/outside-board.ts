import type { Board, BoardView } from "../board.ts";
import { OutsideBoard } from "./OutsideBoard.tsx";

export const outsideBoard: Board = {
  name: "outside",
  Body: OutsideBoard,
  /** The failed list: the gateway did not take a call and somebody may have to ring himself. */
  count({ maps }: BoardView) {
    return { open: maps.notification.size, act: maps.notification.size };
  },
};
