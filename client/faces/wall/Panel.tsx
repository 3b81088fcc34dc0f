import type { ReactNode } from "react";
import { useConnection } from "../../store/use-session.ts";
import { AgeText } from "../../ui/AgeText.tsx";
import { Part } from "../../ui/Failed.tsx";

interface PanelProps {
  readonly title: string;
  readonly count?: number | undefined;
  /** `act` when a person must act now. */
  readonly tone?: "act" | "liberty" | undefined;
  /** Share of the column, besides the panel's own least height. */
  readonly grow?: number;
  readonly children: ReactNode;
}

/** One box of the wall: a title, how many, and how old it is once that is over 5 s. */
export function Panel({ title, count, tone, grow = 0, children }: PanelProps) {
  const heardAt = useConnection((s) => s.heardAt);
  return (
    <section
      className="wall-panel"
      style={{ flexGrow: grow }}
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
