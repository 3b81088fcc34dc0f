import { useTranslation } from "react-i18next";
import type { StoredRecord } from "../../../store/dto.ts";
import { useUi } from "../../../store/use-session.ts";
import { formatTime } from "../../../ui/format-time.ts";
import { useLanguage } from "../../../ui/use-language.ts";
import { useNow } from "../../../ui/use-now.tsx";
import { useNames } from "../desk/names.tsx";
import type { Fact } from "./fact.ts";
import { factsOf } from "./facts.ts";

/** A slice that names its own namespace is looked up there alone. */
const factKeys = (label: string): string[] =>
  label.includes(":") ? [label] : [`fact.${label}`, `duty:fact.${label}`];

export function FactList({ record }: { record: StoredRecord }) {
  const { t } = useTranslation("console");
  const names = useNames();
  const facts = factsOf(record, { t, names });
  if (facts.length === 0) return null;
  return (
    <dl className="facts">
      {facts.map((fact) => (
        <div key={fact.label}>
          <dt>{t(factKeys(fact.label))}</dt>
          <dd>
            <FactValue fact={fact} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function FactValue({ fact }: { fact: Fact }) {
  const select = useUi((s) => s.select);
  const { ref } = fact;
  if (fact.at !== undefined) return <TimeText at={fact.at} />;
  if (!ref) return fact.value;
  return (
    <button type="button" className="link-button" onClick={() => select(ref)}>
      {fact.value}
    </button>
  );
}

export function TimeText({ at }: { at: number }) {
  const now = useNow(60_000);
  const language = useLanguage();
  return <time dateTime={isoOf(at)}>{formatTime(at, now, language)}</time>;
}

const isoOf = (at: number): string => new Date(at).toISOString();
