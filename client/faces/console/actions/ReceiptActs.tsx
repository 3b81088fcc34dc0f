import { Button } from "antd";
import { useTranslation } from "react-i18next";
import type { StoredRecord } from "../../../store/dto.ts";
import { Outcome } from "../../../ui/Refusal.tsx";
import { useAct } from "../../../ui/use-act.ts";
import { useDesk } from "../desk/desk-context.tsx";
import { useViewer } from "../desk/use-viewer.ts";
import { FORMS } from "../forms/forms.ts";
import { taskOn } from "../forms/task.ts";
import { RefusedAct } from "./RecordActs.tsx";
import { type ReceiptDto, receiptActs, receiptPayload } from "./receipt-acts.ts";
import { useSend } from "./use-send.ts";

interface Props {
  readonly record: StoredRecord<"order">;
  readonly receipt: ReceiptDto;
}

/** The next acts at one recipient of an order, on the board and beside its steps. */
export function ReceiptActs({ record, receipt }: Props) {
  const { courtId } = useViewer();
  return receiptActs(record.dto, receipt, courtId).map((kind, index) => (
    <ReceiptAct key={kind} kind={kind} record={record} receipt={receipt} first={index === 0} />
  ));
}

function ReceiptAct({ kind, record, receipt, first }: Props & { kind: string; first: boolean }) {
  const act = useAct(record, kind);
  if (act.kind === "absent") return null;
  if (act.kind === "refused") return <RefusedAct kind={kind} refusal={act.refusal} />;
  return kind in FORMS ? (
    <FormAct kind={kind} record={record} receipt={receipt} first={first} />
  ) : (
    <DirectAct kind={kind} record={record} receipt={receipt} first={first} />
  );
}

function FormAct({ kind, record, receipt, first }: Props & { kind: string; first: boolean }) {
  const { t } = useTranslation("action");
  const { store, newId } = useDesk();
  const open = () => {
    const fixed = receiptPayload(kind, receipt);
    store.getState().open(taskOn(kind, record, newId, {}, fixed));
  };
  return (
    <Button
      size="small"
      type={first ? "primary" : "default"}
      data-action={kind}
      data-court={receipt.courtId}
      onClick={open}
    >
      {t(kind)}
    </Button>
  );
}

function DirectAct({ kind, record, receipt, first }: Props & { kind: string; first: boolean }) {
  const { t } = useTranslation("action");
  const { type, id } = record;
  const { pending, delivery, send } = useSend(kind, { type, id }, record);
  return (
    <>
      <Button
        size="small"
        type={first ? "primary" : "default"}
        loading={pending}
        data-action={kind}
        data-court={receipt.courtId}
        onClick={() => void send(receiptPayload(kind, receipt))}
      >
        {t(kind)}
      </Button>
      <Outcome delivery={delivery} />
    </>
  );
}
