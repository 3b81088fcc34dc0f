import type { Board } from "../board.ts";
import { InterferenceBoard } from "./InterferenceBoard.tsx";

/** Nothing waits here: what is written is written. */
export const interferenceBoard: Board = { name: "interference", Body: InterferenceBoard };
