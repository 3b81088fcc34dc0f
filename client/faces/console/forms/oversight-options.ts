import type { TFunction } from "i18next";
import type { Hello } from "../../../../shared/wire/live.ts";
import { relationTo } from "../../../store/acts.ts";
import type { StoredRecord } from "../../../store/dto.ts";
import type { RecordMaps } from "../../../store/records.ts";
import { wordsOf } from "../../../ui/words-of.ts";
import type { Names } from "../desk/names.tsx";
import { recordTitle } from "../desk/record-title.ts";
import type { FormValues } from "./form-spec.ts";

/** What the forms of oversight let choose, besides what every form does. */
export type OversightChoice =
  /** A court beside ours, under a common superior. */
  | "peer"
  /** A court below ours. */
  | "below"
  /** An officer of the supervised court. */
  | "theirs"
  /** Officers of the supervised court and of ours. */
  | "attendees"
  /** An operation of this view that is not over. */
  | "operation"
  /** An operation that was released to the seat. */
  | "released";

export const OVERSIGHT_CHOICES: ReadonlySet<string> = new Set<OversightChoice>([
  "peer",
  "below",
  "theirs",
  "attendees",
  "operation",
  "released",
]);

interface Option {
  readonly value: string;
  readonly label: string;
}

interface Given {
  readonly maps: RecordMaps;
  readonly names: Names;
  readonly hello: Hello | undefined;
  readonly base: StoredRecord | undefined;
  readonly t: TFunction;
}

export function oversightOptions(what: OversightChoice, given: Given): Option[] {
  const { maps, hello, base } = given;
  const own = hello?.courtId ?? "";
  const target = (base?.dto as StoredRecord<"supervision">["dto"] | undefined)?.targetCourtId;
  const released = (base?.dto as StoredRecord<"observer">["dto"] | undefined)?.released ?? [];
  switch (what) {
    case "peer":
      return courtsThat("sibling", own, given);
    case "below":
      return courtsThat("down", own, given).filter(({ value }) => value !== target);
    case "theirs":
      return officersOf([target], given);
    case "attendees":
      return officersOf([target, own], given);
    case "operation":
      return [...maps.operation.values()]
        .filter(({ id }) => !released.includes(id))
        .filter((each) => ["own", "down"].includes(relationTo(own, each, maps.court)))
        .map((each) => operationOption(each.id, given));
    case "released":
      return released.map((id) => operationOption(id, given));
  }
}

const courtsThat = (relation: "sibling" | "down", own: string, { maps, names }: Given): Option[] =>
  [...maps.court.values()]
    .filter((court) => relationTo(own, court, maps.court) === relation)
    .map(({ id }) => ({ value: id, label: names.court(id) }));

const officersOf = (courts: readonly (string | undefined)[], { maps, names }: Given): Option[] =>
  [...maps.officer.values()]
    .filter(({ dto }) => courts.includes(dto.courtId))
    .map(({ id, dto }) => ({
      value: id,
      label: `${names.officer(id)} · ${names.court(dto.courtId)}`,
    }));

function operationOption(id: string, { maps, names, t }: Given): Option {
  const operation = maps.operation.get(id);
  return { value: id, label: operation ? recordTitle(operation, t, names).title : id };
}

/** Items of the rectification list: to be rectified, with evidence that waits, or piece by piece. */
export function itemOptions(
  base: StoredRecord | undefined,
  which: "OPEN" | "SHOWN" | "PIECE",
  t: TFunction,
): Option[] {
  const { items = [] } = (base?.dto ?? {}) as StoredRecord<"supervision">["dto"];
  return items
    .filter(({ closed, evidence }) => !closed && (which === "OPEN" || evidence !== undefined))
    .flatMap(({ itemId, what, shown }) => {
      const label = wordsOf(what, t);
      if (which !== "PIECE") return [{ value: itemId, label }];
      return shown
        .filter(({ returnedAt }) => returnedAt === undefined)
        .map(({ no, text }) => ({
          value: pieceValue(itemId, no),
          label: `${label} · ${no} · ${wordsOf(text, t)}`,
        }))
        .reverse();
    });
}

/** One piece of evidence as a choice; {@link pieceOf} reads it again. */
const pieceValue = (itemId: string, no: number): string => `${no} ${itemId}`;

/** The item and the piece of evidence that it is closed on. */
export function pieceOf({ itemId, ...rest }: FormValues): FormValues {
  const [, no, item] = /^(\d+) (.+)$/u.exec(String(itemId)) ?? [];
  return item === undefined
    ? { ...rest, itemId }
    : { ...rest, itemId: item, evidenceNo: Number(no) };
}
