import type { TFunction } from "i18next";
import type { StoredRecord, TextView } from "../../../store/dto.ts";
import { wordsOf } from "../../../ui/words-of.ts";
import type { Names } from "../desk/names.tsx";

/** One line of what is known; `at` values are shown as times. */
export interface Fact {
  readonly label: string;
  readonly value?: string;
  readonly at?: number;
  /** Opens that record. */
  readonly ref?: { readonly type: StoredRecord["type"]; readonly id: string };
}

export interface Words {
  readonly t: TFunction;
  readonly names: Names;
}

/** What a record of this type is known to be, in the order in which it is read. */
export type Facts<K extends StoredRecord["type"]> = (
  dto: StoredRecord<K>["dto"],
  words: Words,
) => readonly (Fact | undefined)[];

/** Makers of facts whose labels stand in one place of the texts; what is unknown makes none. */
export const factsIn = (prefix: string) => ({
  text: (name: string, value: string | undefined): Fact | undefined =>
    value ? { label: prefix + name, value } : undefined,
  at: (name: string, time: number | undefined): Fact | undefined =>
    time === undefined ? undefined : { label: prefix + name, at: time },
  free: (name: string, value: TextView | undefined, t: TFunction): Fact | undefined =>
    value === undefined ? undefined : { label: prefix + name, value: wordsOf(value, t) },
  link: (
    name: string,
    type: StoredRecord["type"],
    id: string | undefined,
    value: string,
  ): Fact | undefined =>
    id === undefined ? undefined : { label: prefix + name, value, ref: { type, id } },
});
