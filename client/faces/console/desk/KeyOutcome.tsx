import { useTranslation } from "react-i18next";
import { Outcome, Refusal } from "../../../ui/Refusal.tsx";
import { useDeskState } from "./desk-context.tsx";

/** Why a command given by key did not pass, in the words that its button would have said. */
export function KeyOutcomeBand() {
  const { t } = useTranslation("console");
  const outcome = useDeskState((s) => s.keyOutcome);
  const clear = useDeskState((s) => s.setKeyOutcome);
  return (
    <div role="status" aria-live="assertive">
      {outcome ? (
        <div className="key-outcome">
          <b>{t(`action:${outcome.kind}`)}</b>
          {outcome.refusal ? (
            <Refusal refusal={outcome.refusal} />
          ) : (
            <Outcome delivery={outcome.delivery} />
          )}
          <button type="button" className="link-button" onClick={() => clear(null)}>
            {t("common:action.close")}
          </button>
        </div>
      ) : null}
    </div>
  );
}
