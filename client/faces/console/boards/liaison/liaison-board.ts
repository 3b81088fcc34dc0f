import type { Board } from "../board.ts";
import { LiaisonBoard } from "./LiaisonBoard.tsx";
import { liaisonCount } from "./liaisons-of.ts";

export const liaisonBoard: Board = {
  name: "liaison",
  Body: LiaisonBoard,
  count: ({ maps, hello, now }) => liaisonCount(maps, hello?.courtId, now),
};
