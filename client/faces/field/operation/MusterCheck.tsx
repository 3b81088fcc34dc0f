import { useState } from "react";
import { useTranslation } from "react-i18next";
import { TICKS, type Tick } from "../../../operation/progress.ts";
import { useReport } from "./use-report.ts";

interface Props {
  readonly operationId: string;
  readonly officerId: string;
  /** Called once it is saved on this phone. */
  readonly onDone?: () => void;
}

/** Four large switches under the thumb, and one button that says what will be recorded. */
export function MusterCheck({ operationId, officerId, onDone }: Props) {
  const { t } = useTranslation("operation");
  const report = useReport(operationId);
  const [ticked, setTicked] = useState<ReadonlySet<Tick>>(new Set());
  const missing = TICKS.length - ticked.size;
  const toggle = (tick: Tick) =>
    setTicked((before) => {
      const after = new Set(before);
      if (!after.delete(tick)) after.add(tick);
      return after;
    });
  const send = () => {
    const ticks = Object.fromEntries(TICKS.map((tick) => [tick, ticked.has(tick)]));
    report("operation.checkMember", { officerId, presence: "PRESENT", ...ticks });
    onDone?.();
  };
  return (
    <fieldset className="f-check" data-officer={officerId}>
      <legend>{t("field.check")}</legend>
      <p className="f-note">{t("field.checkHow")}</p>
      <div className="f-check-grid">
        {TICKS.map((tick) => (
          <button
            key={tick}
            type="button"
            aria-pressed={ticked.has(tick)}
            onClick={() => toggle(tick)}
          >
            <i aria-hidden="true">{ticked.has(tick) ? "✓" : ""}</i>
            {t(`tick.${tick}`)}
          </button>
        ))}
      </div>
      <button type="button" className="f-button" data-look="next" onClick={send}>
        {missing === 0 ? t("field.checkAll") : t("field.checkSome", { n: missing })}
      </button>
    </fieldset>
  );
}
