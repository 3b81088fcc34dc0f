import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import { useOutboxState } from "../../link/outbox-context.tsx";
import type { HeldItem } from "../../link/outbox-item.ts";
import type { StoredRecord } from "../../store/dto.ts";
import { useStores } from "../../store/stores-context.tsx";
import { useRecordMap, useRecords } from "../../store/use-records.ts";
import { useHello } from "../../store/use-session.ts";
import { type Person, personOf } from "./field-actor.ts";
import { myOperations } from "./my-operation.ts";
import { isAbout, isUnrecorded } from "./sent.ts";
import type { NameOf } from "./stage.ts";

export function usePerson(): Person | undefined {
  const hello = useHello();
  return useMemo(() => personOf(hello), [hello]);
}

export function useMyOperations(): readonly StoredRecord<"operation">[] {
  const records = useRecords("operation");
  const me = useHello()?.officerId;
  return useMemo(() => (me === undefined ? [] : myOperations(records, me)), [records, me]);
}

/** Surname and title, or the own court's name; else only that it is a court above. */
export function useNameOf(): NameOf {
  const { t } = useTranslation("field");
  const officers = useRecordMap("officer");
  const courts = useRecordMap("court");
  const hello = useHello();
  return useMemo((): NameOf => {
    const ofCourt = (id: string) =>
      id === hello?.courtId ? hello.courtName : (courts.get(id)?.dto.name ?? t("name.upperCourt"));
    return ({ officerId = "", courtId }) => {
      const officer = officers.get(officerId);
      const short = officer && shortOf(officer);
      if (short) return short;
      return courtId === undefined ? t("name.unknown") : ofCourt(courtId);
    };
  }, [officers, courts, hello, t]);
}

/** The projection's own field: what everybody may call an officer. */
export function shortOf(officer: StoredRecord<"officer">): string | undefined {
  const { short } = officer.dto as { readonly short?: string };
  return short ?? officer.dto.name;
}

/** This phone's commands about a record, oldest first. */
export function useItemsAbout(ref: { type: string; id: string }): readonly HeldItem[] {
  const items = useOutboxState((s) => s.items);
  const { type, id } = ref;
  return useMemo(() => items.filter((item) => isAbout(item, { type, id })), [items, type, id]);
}

export const useCursorSeq = (): number => useStore(useStores().records, (s) => s.cursor?.seq ?? -1);

/** Of these, what the records do not show yet. */
export function useUnrecorded(items: readonly HeldItem[]): readonly HeldItem[] {
  const seq = useCursorSeq();
  return useMemo(() => items.filter((item) => isUnrecorded(item, seq)), [items, seq]);
}
