import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import type { EntityType } from "../../../../../shared/domain/kernel/ref.ts";
import { type StoredRecord, textOf } from "../../../../store/dto.ts";
import type { SeenItem, SeenShift } from "../../../../store/duty-dto.ts";
import type { RecordMaps } from "../../../../store/records.ts";
import { useStores } from "../../../../store/stores-context.tsx";
import { Outcome } from "../../../../ui/Refusal.tsx";
import { useAct } from "../../../../ui/use-act.ts";
import { useSend } from "../../actions/use-send.ts";
import { useNames } from "../../desk/names.tsx";
import { recordTitle } from "../../desk/record-title.ts";
import { BoardRow } from "../BoardRow.tsx";
import { BoardSection } from "../BoardSection.tsx";

interface Props {
  readonly shift: SeenShift;
  readonly items: readonly SeenItem[];
  /** Where marks may be set. */
  readonly record?: StoredRecord<"shift">;
}

/** What is open at the desk, and what was said of it; what is overdue comes first. */
export function HandoverItems({ shift, items, record }: Props) {
  const { t } = useTranslation("duty");
  const rows = [...items].sort((a, b) => Number(b.overdue) - Number(a.overdue));
  return (
    <BoardSection title={t("items.title")} rows={rows} empty={t("items.empty")}>
      {(item) => (
        <Item key={`${shift.id} ${item.key}`} item={item} {...(record ? { record } : {})} />
      )}
    </BoardSection>
  );
}

function Item({ item, record }: { item: SeenItem; record?: StoredRecord<"shift"> }) {
  const { t } = useTranslation("duty");
  const title = useMatterTitle(item);
  const { mark, overdue, late } = item;
  const note = textOf(mark?.note);
  return (
    <BoardRow
      about={refOf(item.key)}
      tone={overdue ? "soon" : undefined}
      title={title}
      acts={record ? <Marks item={item} record={record} /> : undefined}
    >
      <b className="chip" data-mark={markOf(item)}>
        {t(`items.mark.${markOf(item)}`)}
      </b>
      {overdue ? <span>{t("items.overdue")}</span> : null}
      {late ? <span>{t("items.late")}</span> : null}
      {note ? <span>{note}</span> : null}
    </BoardRow>
  );
}

const markOf = ({ mark }: SeenItem): "none" | "done" | "undone" => {
  if (!mark) return "none";
  return mark.done ? "done" : "undone";
};

function refOf(key: string): { readonly type: EntityType; readonly id: string } {
  const [type, ...id] = key.split(":");
  return { type: type as EntityType, id: id.join(":") };
}

function useMatterTitle({ key, kind }: SeenItem): string {
  const { t } = useTranslation("console");
  const names = useNames();
  const { type, id } = refOf(key);
  const record = useStore(useStores().records, (s) => find(s.maps, type, id));
  const word = t(`domain:type.${type}`, kind);
  if (!record) return word;
  const { title, state } = recordTitle(record, t, names);
  return [title.startsWith(word) ? "" : word, title, state].filter(Boolean).join(" · ");
}

const find = (maps: RecordMaps, type: EntityType, id: string) =>
  (maps[type] as ReadonlyMap<string, StoredRecord>).get(id);

/** Done or undone, with a few words if they are needed. */
function Marks({ item, record }: { item: SeenItem; record: StoredRecord<"shift"> }) {
  const { t } = useTranslation("duty");
  const act = useAct(record, "shift.mark");
  const { pending, delivery, send } = useSend(
    "shift.mark",
    { type: "shift", id: record.id },
    record,
  );
  const [note, setNote] = useState("");
  if (act.kind !== "open") return null;
  const say = (done: boolean) => {
    const said = note.trim();
    void send({ keys: [item.key], done, ...(said ? { note: said } : {}) });
  };
  const button = (done: boolean) => (
    <button
      type="button"
      className="duty-button"
      aria-pressed={item.mark?.done === done}
      disabled={pending}
      onClick={() => say(done)}
    >
      {t(done ? "items.mark.done" : "items.mark.undone")}
    </button>
  );
  return (
    <>
      <input
        className="item-note"
        aria-label={t("items.note")}
        placeholder={t("items.note")}
        maxLength={500}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      {button(true)}
      {button(false)}
      <Outcome delivery={delivery} />
    </>
  );
}
