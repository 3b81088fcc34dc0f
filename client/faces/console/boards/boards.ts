import type { Board } from "./board.ts";
import { delegationBoard } from "./delegation/delegation-board.ts";
import { dutyBoard } from "./duty/duty-board.ts";
import { interferenceBoard } from "./interference/interference-board.ts";
import { liaisonBoard } from "./liaison/liaison-board.ts";
import { missedBoard } from "./missed/missed-board.ts";
import { noticeBoard } from "./notices/notice-board.ts";
import { observersBoard } from "./observers/observers-board.ts";
import { ordersBoard } from "./orders/orders-board.ts";
import { outsideBoard } from "./outside/outside-board.ts";
import { reportsBoard } from "./reports/reports-board.ts";
import { rollcallBoard } from "./rollcall/rollcall-board.ts";
import { supervisionBoard } from "./supervision/supervision-board.ts";

/** Every board of the console, in the menu's order. */
export const BOARDS: readonly Board[] = [
  ordersBoard,
  reportsBoard,
  dutyBoard,
  rollcallBoard,
  noticeBoard,
  outsideBoard,
  liaisonBoard,
  delegationBoard,
  supervisionBoard,
  interferenceBoard,
  observersBoard,
  missedBoard,
];

/** After the last one comes the map. */
export function nextBoard(open: string | null): string | null {
  const at = BOARDS.findIndex((board) => board.name === open);
  return BOARDS[at + 1]?.name ?? null;
}

export const boardNamed = (name: string | null): Board | undefined =>
  BOARDS.find((board) => board.name === name);
