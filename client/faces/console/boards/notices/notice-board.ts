import { seenAll } from "../../../../store/duty-dto.ts";
import { owedNotices } from "../../../../store/open-calls.ts";
import { isMine } from "../../duty/use-called.ts";
import type { Board, BoardView } from "../board.ts";
import { NoticeBoard } from "./NoticeBoard.tsx";

export const noticeBoard: Board = {
  name: "notices",
  Body: NoticeBoard,
  count({ maps, hello }: BoardView) {
    const owed = owedNotices(seenAll(maps.notice)).filter(isMine(hello));
    return { open: owed.length, act: owed.filter(({ kind }) => kind === "ALERT").length };
  },
};
