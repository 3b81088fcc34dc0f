import { clockView, mostPressing } from "../../../../ui/clock-look.ts";
import type { Board } from "../board.ts";
import { ObserversBoard } from "./ObserversBoard.tsx";

/** Opinions of ours that wait for a reply. */
export const observersBoard: Board = {
  name: "observers",
  Body: ObserversBoard,
  count({ maps, hello, now }) {
    const mine = [...maps.opinion.values()].filter(
      ({ dto }) => dto.courtId === hello?.courtId && dto.state === "REGISTERED",
    );
    const over = mine.filter(({ dto }) => {
      const clock = mostPressing(dto.clocks, now);
      return clock !== undefined && clockView(clock, now).look === "overdue";
    });
    return { open: mine.length, act: over.length };
  },
};
