import type { Board } from "../board.ts";
import { SupervisionBoard } from "./SupervisionBoard.tsx";
import { supervisionCount } from "./supervisions-of.ts";

export const supervisionBoard: Board = {
  name: "supervision",
  Body: SupervisionBoard,
  count: ({ maps, hello, now }) => supervisionCount(maps.supervision, hello?.courtId, now),
};
