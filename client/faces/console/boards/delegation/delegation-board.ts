import type { Board } from "../board.ts";
import { DelegationBoard } from "./DelegationBoard.tsx";
import { delegationCount } from "./delegations-of.ts";

export const delegationBoard: Board = {
  name: "delegation",
  Body: DelegationBoard,
  count: ({ maps, hello, now }) => delegationCount(maps, hello?.courtId, now),
};
