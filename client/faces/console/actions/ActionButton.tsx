import { Button, Popconfirm } from "antd";
import { useTranslation } from "react-i18next";
import type { StoredRecord } from "../../../store/dto.ts";
import { Outcome } from "../../../ui/Refusal.tsx";
import { useDesk } from "../desk/desk-context.tsx";
import { KeyHint } from "../desk/KeyHint.tsx";
import { FORMS } from "../forms/forms.ts";
import { taskOn } from "../forms/task.ts";
import { ASKS_AGAIN } from "./act-words.ts";
import type { ActionItem } from "./action-list.ts";
import { useSend } from "./use-send.ts";

interface ActionButtonProps {
  readonly item: ActionItem;
  readonly record: StoredRecord;
  readonly primary?: true;
}

/** Opens its form, or sends at once; says that it is on its way until the log has come back. */
export function ActionButton({ item, record, primary }: ActionButtonProps) {
  return item.kind in FORMS || item.creates ? (
    <FormButton item={item} record={record} {...(primary ? { primary } : {})} />
  ) : (
    <DirectButton item={item} record={record} {...(primary ? { primary } : {})} />
  );
}

function FormButton({ item, record, primary }: ActionButtonProps) {
  const { t } = useTranslation("console");
  const { store, newId } = useDesk();
  const open = () => store.getState().open(taskOn(item.kind, record, newId));
  return (
    <Button type={primary ? "primary" : "default"} data-action={item.kind} onClick={open}>
      {t(`action:${item.kind}`)}
      <KeyHint k={item.key} />
    </Button>
  );
}

function DirectButton({ item, record, primary }: ActionButtonProps) {
  const { t } = useTranslation("console");
  const { type, id } = record;
  const { pending, delivery, send } = useSend(item.kind, { type, id }, record);
  const asks = ASKS_AGAIN.has(item.kind);
  const press = () => void send();
  const button = (
    <Button
      type={primary ? "primary" : "default"}
      loading={pending}
      data-action={item.kind}
      onClick={asks ? undefined : press}
    >
      {t(`action:${item.kind}`)}
      {pending ? <span className="second">{t("actions.pending")}</span> : <KeyHint k={item.key} />}
    </Button>
  );
  return (
    <>
      {asks ? (
        <Popconfirm
          title={t("actions.sure", { action: t(`action:${item.kind}`) })}
          description={t("actions.sureWhat")}
          onConfirm={press}
        >
          {button}
        </Popconfirm>
      ) : (
        button
      )}
      <Outcome delivery={delivery} />
    </>
  );
}
