import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Trouble } from "../../shared/wire/live.ts";
import { useConnection } from "../store/use-session.ts";
import { Icon } from "./icons.tsx";

/** What cannot wait: calls for help may be late or lost. */
const ACT: ReadonlySet<Trouble> = new Set(["SCAN_LATE", "JOURNAL_FAILED"]);

const NONE: readonly Trouble[] = [];

/**
 * What is wrong with the server although it answers, and what its sentinel says of it: a line each,
 * in words. `beside` adds a control to a line.
 */
export function TroubleNote({ beside }: { beside?: Partial<Record<Trouble, ReactNode>> }) {
  const { t } = useTranslation("link");
  // What the server said of itself is as old as the glass; the sentinel is asked past it.
  const trouble = useConnection((s) => (s.freshness === "stale" ? NONE : s.trouble));
  const sentinel = useConnection((s) => s.sentinel.kind);
  return (
    <div className="troubles" role="status" aria-live="polite">
      {sentinel === "late" ? <Line level="act">{t("sentinel.late")}</Line> : null}
      {trouble.map((code) => (
        <Line key={code} level={ACT.has(code) ? "act" : "soon"}>
          {t(`trouble.${code}`)} {beside?.[code]}
        </Line>
      ))}
      {sentinel === "unreachable" ? <Line level="quiet">{t("sentinel.unreachable")}</Line> : null}
    </div>
  );
}

function Line({ level, children }: { level: "act" | "soon" | "quiet"; children: ReactNode }) {
  return (
    <div className="trouble-line" data-level={level}>
      <Icon name="trouble" />
      <span>{children}</span>
    </div>
  );
}
