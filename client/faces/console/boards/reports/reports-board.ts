import type { Board, BoardView } from "../board.ts";
import { ReportsBoard } from "./ReportsBoard.tsx";
import { reportsOf } from "./reports-of.ts";

export const reportsBoard: Board = {
  name: "reports",
  Body: ReportsBoard,
  count({ maps, hello, now }: BoardView) {
    const { iOwe } = reportsOf(maps.report, hello?.courtId);
    const late = iOwe.filter(({ reportId, readAt }) => {
      const clocks = maps.report.get(reportId)?.dto.clocks ?? [];
      return readAt === undefined && clocks.some((c) => c.endedAt === undefined && c.dueAt < now);
    });
    return { open: iOwe.length, act: late.length };
  },
};
