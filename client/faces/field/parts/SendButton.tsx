import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import type { EntityType } from "../../../../shared/domain/kernel/ref.ts";
import type { Refusal } from "../../../../shared/domain/kernel/refusal.ts";
import { useOutbox } from "../../../link/outbox-context.tsx";
import type { HeldItem } from "../../../link/outbox-item.ts";
import { useStores } from "../../../store/stores-context.tsx";
import { stageOf } from "../stage.ts";
import { useItemsAbout, useNameOf, useUnrecorded } from "../use-field-records.ts";
import { RefusalNote } from "./RefusalNote.tsx";
import { TrueStageBadge } from "./TrueStageBadge.tsx";

interface Props {
  readonly kind: string;
  readonly about: { readonly type: EntityType; readonly id: string };
  readonly look: "next" | "plain";
  readonly onPress: () => void;
  readonly label?: string;
  /** The law says no: not pressable, the reason beside it. Never given for a fact. */
  readonly refusal?: Refusal | undefined;
  /** A fact that does not fit what is known: said, and sent all the same. */
  readonly warning?: string | undefined;
}

/**
 * The control of one command about one record. While this phone's own command is on its way it
 * shows that command's true stage instead; what came back refused stays beside it.
 */
export function SendButton({ kind, about, look, onPress, label, refusal, warning }: Props) {
  const { t } = useTranslation(["field", "action"]);
  const items = useItemsAbout(about).filter((item) => item.envelope.kind === kind);
  const onItsWay = useUnrecorded(items).at(-1);
  const last = items.at(-1);
  const words = label ?? t(`action:${kind}`);
  return (
    <div className="f-send">
      {onItsWay ? (
        <div className="f-sent" data-look={look} role="status">
          <b>{words}</b>
          <StageOfItem item={onItsWay} />
        </div>
      ) : (
        <button
          type="button"
          className="f-button"
          data-look={look}
          disabled={refusal !== undefined}
          onClick={onPress}
        >
          {words}
        </button>
      )}
      {refusal && !onItsWay ? <RefusalNote refusal={refusal} /> : null}
      {warning && !onItsWay ? <p className="f-warning">{warning}</p> : null}
      {last?.stage.kind === "refused" ? <CameBack item={last} /> : null}
    </div>
  );
}

export function StageOfItem({ item }: { item: HeldItem }) {
  const maps = useStore(useStores().records, (s) => s.maps);
  return <TrueStageBadge stage={stageOf(item, maps, useNameOf())} />;
}

/** A refused command stays until a person has read it. */
export function CameBack({ item }: { item: HeldItem }) {
  const { t } = useTranslation("field");
  const outbox = useOutbox();
  if (item.stage.kind !== "refused") return null;
  return (
    <div className="f-came-back">
      <RefusalNote refusal={item.stage.refusal} />
      <button type="button" className="f-link" onClick={() => void outbox.forget(item.id)}>
        {t("read")}
      </button>
    </div>
  );
}
