import type { Board, BoardView } from "../board.ts";
import { OrdersBoard } from "./OrdersBoard.tsx";
import { ordersOf } from "./orders-of.ts";

export const ordersBoard: Board = {
  name: "orders",
  Body: OrdersBoard,
  count({ maps, hello, now }: BoardView) {
    const { iOwe, owedToMe } = ordersOf(maps.order, hello?.courtId, now);
    const mine = [
      ...iOwe.filter((row) => row.waitsFor === "RECIPIENT"),
      ...owedToMe.filter((row) => row.waitsFor === "ISSUER"),
    ];
    return { open: mine.length, act: mine.filter((row) => row.overdueMs > 0).length };
  },
};
