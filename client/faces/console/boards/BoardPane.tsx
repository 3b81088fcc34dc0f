import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Part } from "../../../ui/Failed.tsx";
import { useDesk } from "../desk/desk-context.tsx";
import { KeyHint } from "../desk/KeyHint.tsx";
import type { Board } from "./board.ts";

/** One board over the map; the map stays as it is below. */
export function BoardPane({ board }: { board: Board }) {
  const { t } = useTranslation("boards");
  const { store } = useDesk();
  const head = useRef<HTMLHeadingElement>(null);
  const title = t(`name.${board.name}`);
  // Whoever came by keyboard goes on from here.
  useEffect(() => head.current?.focus(), []);
  return (
    <section className="board" data-board={board.name} aria-label={title}>
      <header className="board-head">
        <h2 ref={head} tabIndex={-1}>
          {title}
        </h2>
        <button
          type="button"
          className="duty-button"
          onClick={() => store.getState().openBoard(null)}
        >
          {t("toMap")}
          <KeyHint k="Esc" />
        </button>
      </header>
      <div className="board-body">
        <Part>
          <board.Body />
        </Part>
      </div>
    </section>
  );
}
