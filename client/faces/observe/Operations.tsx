import { useTranslation } from "react-i18next";
import type { ObservedOperation, ObserverFrame } from "../../../shared/domain/observer/frame.ts";
import { formatTime } from "../../ui/format-time.ts";
import { useLanguage } from "../../ui/use-language.ts";
import { useNow } from "../../ui/use-now.tsx";

interface Props {
  readonly operations: readonly ObservedOperation[];
  readonly scope: ObserverFrame["scope"];
}

/** What the court released to this seat: which step, since when, and about where. */
export function Operations({ operations, scope }: Props) {
  const { t } = useTranslation("observe");
  return (
    <section aria-label={t("operations")}>
      <h2>
        {t("operations")} <span className="second">{operations.length}</span>
      </h2>
      {operations.length === 0 ? <p className="second">{t(`none.${scope}`)}</p> : null}
      <ul className="observe-operations">
        {operations.map((operation) => (
          <li key={operation.id} data-operation={operation.id}>
            <Operation operation={operation} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Operation({ operation }: { operation: ObservedOperation }) {
  const { t } = useTranslation(["observe", "domain"]);
  const now = useNow(1_000);
  const language = useLanguage();
  const { kind, code, state, courtName, lat, lng, steps } = operation;
  return (
    <article>
      <h3>
        {t(`domain:operation.kind.${kind}`)} · {code}
        <b className="chip">{t(`domain:operation.state.${state}`)}</b>
      </h3>
      <p className="second">
        {courtName} · {t("about", { north: lat.toFixed(2), east: lng.toFixed(2) })}
      </p>
      <ol className="observe-steps">
        {steps.map((step) => (
          <li key={step.state}>
            <time>{formatTime(step.at, now, language)}</time>
            {t(`domain:operation.state.${step.state}`)}
          </li>
        ))}
      </ol>
    </article>
  );
}
