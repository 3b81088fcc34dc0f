import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { actOf } from "../../../store/acts.ts";
import type { StoredRecord } from "../../../store/dto.ts";
import { useRecordMap } from "../../../store/use-records.ts";
import { useHello } from "../../../store/use-session.ts";
import { useNow } from "../../../ui/use-now.tsx";
import { useDesk } from "../desk/desk-context.tsx";
import type { FormValues } from "../forms/form-spec.ts";
import { taskOn } from "../forms/task.ts";

interface Props {
  readonly kind: string;
  readonly record: StoredRecord;
  readonly label?: string;
  /** The officer or attendee whom it is about; his form is kept apart from the others'. */
  readonly about?: string;
  readonly initial?: FormValues;
}

/** Opens the form of a report from within the plan view; nothing where it is not this seat's to make. */
export function ReportButton({ kind, record, label, about, initial }: Props) {
  const { t } = useTranslation("operation");
  const { store, newId } = useDesk();
  if (!useMay(kind, record)) return null;
  const open = () => {
    const task = taskOn(kind, record, newId, initial);
    store.getState().open(about === undefined ? task : { ...task, about });
  };
  return (
    <Button size="small" data-action={kind} data-about={about} onClick={open}>
      {label ?? t(`action:${kind}`)}
    </Button>
  );
}

/** May this person, by authority and law, now? */
export function useMay(kind: string, record: StoredRecord): boolean {
  const hello = useHello();
  const courts = useRecordMap("court");
  const now = useNow(1_000);
  return actOf(record, kind, hello, courts, now).kind === "open";
}
