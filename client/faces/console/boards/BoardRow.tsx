import type { ReactNode } from "react";
import type { Ref } from "../../../../shared/domain/kernel/ref.ts";
import { useUi } from "../../../store/use-session.ts";

interface Props {
  /** Opens in the drawer beside the board. */
  readonly about: Ref;
  readonly title: ReactNode;
  readonly tone?: "act" | "soon" | "ours" | undefined;
  readonly children?: ReactNode;
  /** Buttons of the row, outside its own. */
  readonly acts?: ReactNode;
}

/** One line of a board: what, its facts, and what can be done at once. */
export function BoardRow({ about, title, tone, children, acts }: Props) {
  const selection = useUi((s) => s.selection);
  const select = useUi((s) => s.select);
  const isOpen = selection?.type === about.type && selection.id === about.id;
  return (
    <li className="board-row" data-tone={tone} data-record={`${about.type}:${about.id}`}>
      <button
        type="button"
        className="board-row-open"
        aria-current={isOpen}
        onClick={() => select(about)}
      >
        <b>{title}</b>
        <span className="board-facts">{children}</span>
      </button>
      {acts === undefined ? null : <span className="board-acts">{acts}</span>}
    </li>
  );
}
