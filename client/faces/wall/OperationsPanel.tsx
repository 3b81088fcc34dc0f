import { useTranslation } from "react-i18next";
import type { OperationState } from "../../../shared/domain/operation/state.ts";
import { useNow } from "../../ui/use-now.tsx";
import { type OperationsToday, operationsToday } from "./operations-today.ts";
import { Panel } from "./Panel.tsx";
import { useWithClosed } from "./use-with-closed.ts";

const STATES: readonly OperationState[] = [
  "APPROVED",
  "EN_ROUTE",
  "ON_SCENE",
  "EXECUTING",
  "PAUSED",
  "CLOSED",
];

/** 今日行动 by state, in the order in which an operation goes through them. */
export function OperationsPanel() {
  const { t } = useTranslation("wall");
  const operations = useWithClosed("operation");
  const now = useNow(60_000);
  const { total, byState } = operationsToday(operations, now);
  const shown: OperationsToday["byState"] = {
    ...byState,
    APPROVED: byState.APPROVED + byState.MUSTERING,
    EXECUTING: byState.EXECUTING + byState.CLOSING,
  };
  const ended = byState.CLOSED + byState.ABORTED;
  return (
    <Panel title={t("operations.title")} count={total}>
      {total === 0 ? (
        <p className="wall-empty">{t("operations.empty")}</p>
      ) : (
        <div className="wall-figures wall-states">
          {STATES.map((state) => {
            const value = state === "CLOSED" ? ended : shown[state];
            return (
              <p
                className="wall-figure"
                key={state}
                data-name={state}
                {...(value === 0 ? { "data-zero": "" } : {})}
              >
                <b>{value}</b>
                <span>{t(`domain:operation.state.${state}`)}</span>
              </p>
            );
          })}
        </div>
      )}
    </Panel>
  );
}
