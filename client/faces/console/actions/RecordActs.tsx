import { useTranslation } from "react-i18next";
import type { Refusal as RefusalOf } from "../../../../shared/domain/kernel/refusal.ts";
import { actOf } from "../../../store/acts.ts";
import type { StoredRecord } from "../../../store/dto.ts";
import { useRecordMap } from "../../../store/use-records.ts";
import { useHello } from "../../../store/use-session.ts";
import { Refusal } from "../../../ui/Refusal.tsx";
import { useNow } from "../../../ui/use-now.tsx";
import { ActionButton } from "./ActionButton.tsx";

interface Props {
  readonly record: StoredRecord;
  /** In the order in which they are offered; the first that is open is filled. */
  readonly kinds: readonly string[];
  /** Leaves out what is somebody else's to do, and answers to a question that nobody asked. */
  readonly quiet?: true;
  /** What of the law stands beside `acts`, by kind. */
  readonly law?: (kind: string) => RefusalOf | undefined;
  /** None of them is the filled button. */
  readonly plain?: true;
}

const NOT_HERE: ReadonlySet<string> = new Set([
  "ROLE_REQUIRED",
  "WRONG_COURT",
  "NOTHING_TO_SIGN",
  "NO_ASSIST_ASKED",
]);

/** Some acts of a record as buttons; refused ones with the rule's sentence. */
export function RecordActs({ record, kinds, quiet, law, plain }: Props) {
  const hello = useHello();
  const courts = useRecordMap("court");
  const now = useNow(1_000);
  const acts = kinds.map((kind) => {
    const act = actOf(record, kind, hello, courts, now);
    const no = act.kind === "open" ? law?.(kind) : undefined;
    return { kind, act: no ? ({ kind: "refused", refusal: no } as const) : act };
  });
  const first = acts.find(({ act }) => act.kind === "open")?.kind;
  return acts.map(({ kind, act }) => {
    if (act.kind === "open") {
      const item = { kind, creates: false };
      const primary = kind === first && !plain ? ({ primary: true } as const) : {};
      return <ActionButton key={kind} item={item} record={record} {...primary} />;
    }
    if (act.kind === "absent" || (quiet && NOT_HERE.has(act.refusal.code))) return null;
    return <RefusedAct key={kind} kind={kind} refusal={act.refusal} />;
  });
}

/** Visible, with its reason beside it. */
export function RefusedAct({ kind, refusal }: { kind: string; refusal: RefusalOf }) {
  const { t } = useTranslation("action");
  return (
    <span className="receipt-refused" data-action={kind}>
      <button type="button" aria-disabled="true" className="refused-button">
        {t(kind)}
      </button>
      <Refusal refusal={refusal} />
    </span>
  );
}
