import type { ReactNode } from "react";
import { useConnection } from "../../store/use-session.ts";
import { AgeText } from "../../ui/AgeText.tsx";
import { Part } from "../../ui/Failed.tsx";

interface PanelProps {
  readonly title: string;
  readonly count?: number | undefined;
  /** `act` when a person must act now. */
  readonly tone?: "act" | "liberty" | undefined;
  /** Rows it wants to show: what its height is asked from. */
  readonly rows?: number;
  /** Gives way to other panels last. */
  readonly firm?: true;
  readonly children: ReactNode;
}

/** One box of the wall: a title, how many, and how old it is once that is over 5 s. */
export function Panel({ title, count, tone, rows, firm, children }: PanelProps) {
  const heardAt = useConnection((s) => s.heardAt);
  return (
    <section
      className="wall-panel"
      style={rows === undefined ? {} : { flexBasis: heightOf(rows), flexShrink: firm ? 0 : 1 }}
      {...(tone ? { "data-tone": tone } : {})}
    >
      <h2 className="wall-panel-title">
        <span>{title}</span>
        {count === undefined ? null : <span className="wall-count">{count}</span>}
        {heardAt === undefined ? null : <AgeText at={heardAt} />}
      </h2>
      <div className="wall-panel-body">
        <Part>{children}</Part>
      </div>
    </section>
  );
}

/** More rows than this never fit: a long list must not take the room of a short one. */
const ROWS_ASKED = 7;

/** In units of the wall, as in wall.css: title and padding, and rows of one height. */
const heightOf = (rows: number): string =>
  `calc(var(--u) * ${5.2 + Math.min(ROWS_ASKED, Math.max(1, rows)) * 6.7})`;
