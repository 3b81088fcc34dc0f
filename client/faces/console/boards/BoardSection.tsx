import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

interface Props<T> {
  readonly title: string;
  readonly rows: readonly T[];
  /** What would stand here, and how it comes here. */
  readonly empty: string;
  readonly children: (row: T) => ReactNode;
}

/** More rows than this are counted, and shown when asked for. */
const MOST_SHOWN = 100;

/** A titled, counted list of a board. */
export function BoardSection<T>({ title, rows, empty, children }: Props<T>) {
  const { t } = useTranslation("common");
  const [all, setAll] = useState(false);
  const shown = all ? rows : rows.slice(0, MOST_SHOWN);
  return (
    <section className="board-section">
      <h3>
        {title} <b>{rows.length}</b>
      </h3>
      {rows.length === 0 ? <p className="second">{empty}</p> : null}
      <ul>{shown.map(children)}</ul>
      {rows.length > shown.length ? (
        <button type="button" className="link-button" onClick={() => setAll(true)}>
          {t("list.more", { n: rows.length - shown.length })}
        </button>
      ) : null}
    </section>
  );
}
