import { useTranslation } from "react-i18next";
import { refusalText } from "../../shared/domain/refusal-text.ts";
import type { WireRefusal } from "../../shared/wire/command.ts";
import type { HttpFailure } from "../link/http.ts";
import type { Delivery } from "../link/roads.ts";
import { formatTime } from "./format-time.ts";
import { useBilingual, useLanguage } from "./use-language.ts";
import { useNow } from "./use-now.tsx";

/** What is refused, by which rule, what would satisfy it; and when it turns by itself. */
export function Refusal({ refusal }: { refusal: WireRefusal }) {
  const { t } = useTranslation("common");
  const say = useBilingual();
  const language = useLanguage();
  const now = useNow(10_000);
  const { message, until } = refusal;
  return (
    <p className="refusal" role="note" data-code={refusal.code}>
      <span>{say(message ?? refusalText(known(refusal)))}</span>
      {until !== undefined && until > now ? (
        <span> · {t("refusal.until", { time: formatTime(until, now, language) })}</span>
      ) : null}
    </p>
  );
}

/** Why a command or call got no answer, in words a person can act on. */
export function Failure({ failure }: { failure: HttpFailure }) {
  const { t } = useTranslation();
  const say = useBilingual();
  const words = failure.message
    ? say(failure.message)
    : t([`link:failure.${failure.code}`, "link:failure.other"], { code: failure.code });
  return (
    <p className="refusal" role="alert" data-code={failure.code}>
      {words}
    </p>
  );
}

/** What came of a command: nothing to say when accepted. */
export function Outcome({ delivery }: { delivery: Delivery | undefined }) {
  if (!delivery) return null;
  if (delivery.kind !== "answer") return <Failure failure={delivery.failure} />;
  const { refusal } = delivery.answer;
  return refusal ? <Refusal refusal={refusal} /> : null;
}

/** The wire's optional fields may be spelt out as undefined; the domain's may not. */
const known = ({ code, ruleId, params }: WireRefusal) => ({
  code,
  ...(ruleId === undefined ? {} : { ruleId }),
  ...(params === undefined ? {} : { params }),
});
