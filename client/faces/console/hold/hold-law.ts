import { type Refusal, refusal } from "../../../../shared/domain/kernel/refusal.ts";
import { tierPath } from "../../../store/acts.ts";
import type { StoredRecord } from "../../../store/dto.ts";
import { hasCourtsBelow } from "../forms/court-choice.ts";

type Courts = ReadonlyMap<string, StoredRecord<"court">>;
type Matter = StoredRecord<"incident"> | StoredRecord<"police">;

/**
 * What of the rules of holding can be read off the record, so that a button says it before anybody
 * presses (`shared/domain/hold/commands.ts`, `may-direct.ts`); the rest is the server's to say.
 */
export function holdRefusal(
  record: Matter,
  verb: string,
  courtId: string,
  courts: Courts,
): Refusal | undefined {
  const { holder } = record.dto;
  if (!holder) return undefined;
  const isAbove = courtId !== holder.courtId && tierPath(holder.courtId, courts).includes(courtId);
  switch (verb) {
    case "take":
      return holder.officerId !== undefined && !isAbove
        ? refusal("TAKEN_BY_HIGHER", { ruleId: "HOLD-4" })
        : undefined;
    case "designate":
      return hasCourtsBelow(courtId, courts)
        ? undefined
        : refusal("DESIGNATE_BELOW", { ruleId: "HOLD-5" });
    case "setDeadline":
      return isAbove ? undefined : refusal("DEADLINE_FROM_ABOVE", { ruleId: "HOLD-9" });
    default:
      return undefined;
  }
}
