import { Dropdown } from "antd";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import { useStores } from "../../../store/stores-context.tsx";
import { useHello } from "../../../store/use-session.ts";
import { useNow } from "../../../ui/use-now.tsx";
import { useDesk, useDeskState } from "../desk/desk-context.tsx";
import { KeyHint } from "../desk/KeyHint.tsx";
import type { Board, BoardCount } from "./board.ts";
import { BOARDS } from "./boards.ts";

/** The boards with what waits on each; the sum of what must be acted on stands on the button. */
export function BoardMenu() {
  const { t } = useTranslation("boards");
  const { store } = useDesk();
  const open = useDeskState((s) => s.board);
  const counts = useCounts();
  const act = [...counts.values()].reduce((sum, count) => sum + count.act, 0);
  const items = BOARDS.map((board) => ({
    key: board.name,
    label: <Entry board={board} count={counts.get(board.name)} />,
  }));
  return (
    <Dropdown
      trigger={["click"]}
      menu={{
        items,
        selectable: true,
        selectedKeys: open === null ? [] : [open],
        onClick: ({ key }) => store.getState().openBoard(key === open ? null : key),
      }}
    >
      <button type="button" className="board-menu" aria-pressed={open !== null}>
        {t("menu")}
        {act > 0 ? <b className="board-act">{act}</b> : null}
        <KeyHint k="B" />
      </button>
    </Dropdown>
  );
}

function Entry({ board, count }: { board: Board; count: BoardCount | undefined }) {
  const { t } = useTranslation("boards");
  return (
    <span className="board-entry">
      {t(`name.${board.name}`)}
      {count && count.open > 0 ? (
        <span className="board-count" data-act={count.act > 0 ? "" : undefined}>
          {t(count.act > 0 ? "countAct" : "count", { n: count.open, act: count.act })}
        </span>
      ) : null}
    </span>
  );
}

function useCounts(): ReadonlyMap<string, BoardCount> {
  const maps = useStore(useStores().records, (s) => s.maps);
  const hello = useHello();
  const now = useNow(1_000);
  return new Map(
    BOARDS.flatMap(({ name, count }) =>
      count ? [[name, count({ maps, hello, now })] as const] : [],
    ),
  );
}
