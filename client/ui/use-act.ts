import { type Act, actOf } from "../store/acts.ts";
import type { StoredRecord } from "../store/dto.ts";
import { useRecordMap } from "../store/use-records.ts";
import { useHello } from "../store/use-session.ts";
import { useNow } from "./use-now.tsx";

/** What a control for `kind` on this record should say now. */
export function useAct(record: Pick<StoredRecord, "dto">, kind: string): Act {
  return actOf(record, kind, useHello(), useRecordMap("court"), useNow());
}
