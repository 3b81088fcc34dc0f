import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { can } from "../../../../../shared/domain/authority/can.ts";
import { actorOf } from "../../../../store/acts.ts";
import { useRecordMap } from "../../../../store/use-records.ts";
import { useHello } from "../../../../store/use-session.ts";
import { Refusal } from "../../../../ui/Refusal.tsx";
import { useDesk } from "../../desk/desk-context.tsx";
import { KeyHint } from "../../desk/KeyHint.tsx";
import { hasCourtsBelow } from "../../forms/court-choice.ts";
import { taskOn } from "../../forms/task.ts";

/** Begins an order to any courts below; whoever may not sees whose it is. */
export function IssueButton() {
  const { t } = useTranslation("orders");
  const { store, newId } = useDesk();
  const actor = actorOf(useHello());
  const courts = useRecordMap("court");
  if (!actor || !hasCourtsBelow(actor.courtId, courts)) return null;
  const unable = can(actor, "order.task", "down", {});
  if (unable) return <Refusal refusal={unable} />;
  return (
    <Button
      type="primary"
      onClick={() => store.getState().open(taskOn("order.task", undefined, newId))}
    >
      {t("issue.title")}
      <KeyHint k="O" />
    </Button>
  );
}
