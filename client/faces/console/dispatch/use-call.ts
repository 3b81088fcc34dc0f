import { useTranslation } from "react-i18next";
import { can } from "../../../../shared/domain/authority/can.ts";
import type { Refusal } from "../../../../shared/domain/kernel/refusal.ts";
import { actorOf, relationTo } from "../../../store/acts.ts";
import type { StoredRecord } from "../../../store/dto.ts";
import { useRecordMap } from "../../../store/use-records.ts";
import { useHello } from "../../../store/use-session.ts";
import { useDesk } from "../desk/desk-context.tsx";
import { useNames } from "../desk/names.tsx";
import { recordTitle } from "../desk/record-title.ts";
import { taskOn } from "../forms/task.ts";
import type { Candidate } from "./candidates.ts";

export type Call =
  | { readonly kind: "absent" }
  | { readonly kind: "refused"; readonly refusal: Refusal }
  | { readonly kind: "open"; readonly as: CallKind; open(): void };

type CallKind = "message" | "task" | "police";

/**
 * How a candidate is called. The domain has no order to a single officer: an officer and a court
 * get a message, a court below a task from those who may command it, a police unit a request.
 */
export function useCall(candidate: Candidate, record: StoredRecord): Call {
  const { t } = useTranslation("console");
  const { store, newId } = useDesk();
  const names = useNames();
  const hello = useHello();
  const courts = useRecordMap("court");
  const actor = actorOf(hello);
  if (!actor || candidate.courtId === undefined) return { kind: "absent" };
  if (candidate.kind === "court" && candidate.id === actor.courtId) return { kind: "absent" };
  const allowed = (kind: string, courtId: string) =>
    can(actor, kind, relationTo(actor.courtId, { dto: { courtId } }, courts), {});
  const what = recordTitle(record, t, names).title;
  const body = t("dispatch.text", { what });

  if (candidate.kind === "unit") {
    const courtId = (record.dto as { readonly courtId?: string }).courtId ?? actor.courtId;
    const refusal = allowed("police.send", courtId);
    if (refusal) return { kind: "refused", refusal };
    const initial = { unitId: candidate.id };
    const open = () => store.getState().open(taskOn("police.send", record, newId, initial));
    return { kind: "open", as: "police", open };
  }
  if (candidate.kind === "court" && !allowed("order.task", candidate.courtId)) {
    const court = courts.get(candidate.id);
    const initial = { body, urgency: "P1" };
    const open = () => store.getState().open(taskOn("order.task", court, newId, initial));
    return { kind: "open", as: "task", open };
  }
  const refusal = allowed("message.send", candidate.courtId);
  if (refusal) return { kind: "refused", refusal };
  const initial = { to: `${candidate.kind}:${candidate.id}`, text: body };
  const open = () => store.getState().open(taskOn("message.send", undefined, newId, initial));
  return { kind: "open", as: "message", open };
}
