import { type ReactNode, useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

interface FitListProps<T> {
  readonly items: readonly T[];
  readonly keyOf: (item: T) => string;
  readonly row: (item: T) => ReactNode;
  /** What stands here when there is nothing. */
  readonly empty: ReactNode;
}

/** As many rows as fit; the rest is counted, never scrolled and never cut silently (WALL-3). */
export function FitList<T>({ items, keyOf, row, empty }: FitListProps<T>) {
  const { t } = useTranslation("wall");
  const { ref, room } = useRoom(items.length);
  const shown = rowsShown(items.length, room);
  if (items.length === 0) return <p className="wall-empty">{empty}</p>;
  return (
    <ul className="wall-list" ref={ref}>
      {items.slice(0, shown).map((item) => (
        <li className="wall-row" key={keyOf(item)}>
          {row(item)}
        </li>
      ))}
      {shown < items.length ? (
        <li className="wall-more">{t("more", { n: items.length - shown })}</li>
      ) : null}
    </ul>
  );
}

/** The line that counts what does not fit, in heights of a row. */
const MORE_LINE = 0.55;

/** `room` is how many rows the height holds, not rounded. */
export function rowsShown(items: number, room: number): number {
  return items <= room ? items : Math.max(0, Math.floor(room - MORE_LINE));
}

/** How many rows the list has room for; measured, because a wall has any size. */
function useRoom(items: number) {
  const ref = useRef<HTMLUListElement>(null);
  const rowPx = useRef(0);
  const [room, setRoom] = useState(Number.POSITIVE_INFINITY);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list exists only with items
  useLayoutEffect(() => {
    const list = ref.current;
    if (!list) return;
    const measure = () => {
      // With no row shown the last height counts: rows have one height (wall-panels.css).
      rowPx.current =
        list.querySelector(".wall-row")?.getBoundingClientRect().height ?? rowPx.current;
      if (rowPx.current > 0) setRoom((list.clientHeight + 1) / rowPx.current);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(list);
    return () => observer.disconnect();
  }, [items === 0]);
  return { ref, room };
}
