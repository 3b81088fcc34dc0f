import { useTranslation } from "react-i18next";
import { ageWords } from "./format-time.ts";
import { useNow } from "./use-now.tsx";

/** Said in words once it is over this; younger data needs no remark. */
const SAY_FROM_MS = 5_000;

/** `12 秒前`. Nothing while younger than 5 s, unless `always`. `at` is server ms. */
export function AgeText({ at, always }: { at: number; always?: true }) {
  const { t } = useTranslation("common");
  const age = useNow() - at;
  if (age < SAY_FROM_MS && !always) return null;
  const { unit, n } = ageWords(age);
  return (
    <span className="age" {...(age >= SAY_FROM_MS ? { "data-old": "" } : {})}>
      {t(`age.${unit}`, { n })}
    </span>
  );
}
