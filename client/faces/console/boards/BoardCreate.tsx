import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { can } from "../../../../shared/domain/authority/can.ts";
import type { Relation } from "../../../../shared/domain/authority/relation.ts";
import { actorOf } from "../../../store/acts.ts";
import { useHello } from "../../../store/use-session.ts";
import { Refusal } from "../../../ui/Refusal.tsx";
import { useDesk } from "../desk/desk-context.tsx";
import { taskOn } from "../forms/task.ts";

/** Opens the form for a new record; whoever may not sees who may. */
export function BoardCreate({ kind, to = "own" }: { kind: string; to?: Relation }) {
  const { t } = useTranslation("action");
  const desk = useDesk();
  const actor = actorOf(useHello());
  if (!actor) return null;
  const unable = can(actor, kind, to, {});
  return (
    <div className="board-create" data-create={kind}>
      <Button
        disabled={unable !== undefined}
        onClick={() => desk.store.getState().open(taskOn(kind, undefined, desk.newId))}
      >
        {t(kind)}
      </Button>
      {unable ? <Refusal refusal={unable} /> : null}
    </div>
  );
}
