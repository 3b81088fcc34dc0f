import type { Refusal } from "../../../../shared/domain/kernel/refusal.ts";
import type { Hello } from "../../../../shared/wire/live.ts";
import { type Act, actOf } from "../../../store/acts.ts";
import type { StoredRecord } from "../../../store/dto.ts";
import {
  AUTOMATIC,
  comesNext,
  ELSEWHERE,
  fits,
  isDone,
  isFarOff,
  KEY_OF,
  LIKELY,
  OTHER_KIND,
} from "./act-words.ts";
import { creationAct, creationsFrom } from "./creations.ts";
import { BY_RECIPIENT } from "./receipt-acts.ts";

type Courts = ReadonlyMap<string, StoredRecord<"court">>;

/** One control of the record panel. */
export interface ActionItem {
  readonly kind: string;
  /** Opens a record that refers to this one. */
  readonly creates: boolean;
  readonly refusal?: Refusal;
  readonly key?: string;
}

export interface ActionList {
  readonly primary: ActionItem | undefined;
  readonly open: readonly ActionItem[];
  /** The law says no: stays visible, with its reason. */
  readonly refused: readonly ActionItem[];
  /** Somebody else's to do, or on record already: counted, one click away. */
  readonly others: readonly ActionItem[];
}

/** Every action of this view on a record, at server time `now` (CON-5). */
export function actionsOf(
  record: StoredRecord,
  hello: Hello | undefined,
  courts: Courts,
  now: number,
): ActionList {
  const own = Object.keys(record.dto.acts ?? {})
    .filter((kind) => !AUTOMATIC.has(kind) && !ELSEWHERE.has(kind) && fits(kind, record.dto))
    .filter((kind) => !(BY_RECIPIENT.has(kind) && hasSeveral(record)))
    .map((kind) => place(kind, actOf(record, kind, hello, courts, now), record, hello));
  const created = creationsFrom(record.type).map((kind) =>
    place(kind, creationAct(record, kind, hello, courts), record, hello, true),
  );
  return grouped(record, [...own, ...created]);
}

const hasSeveral = ({ type, dto }: StoredRecord): boolean =>
  type === "order" && ((dto as StoredRecord<"order">["dto"]).receipts?.length ?? 0) > 1;

type Group = "absent" | "open" | "refused" | "others";
interface Placed {
  readonly item: ActionItem;
  readonly group: Group;
}

function place(
  kind: string,
  act: Act,
  record: StoredRecord,
  hello: Hello | undefined,
  creates = false,
): Placed {
  const key = KEY_OF[kind];
  const item = { kind, creates, ...(key ? { key } : {}) };
  if (act.kind === "absent") return { item, group: "absent" };
  if (act.kind === "open") {
    const later = isDone(kind, record.dto, hello?.courtId) || isFarOff(kind, record.dto);
    return { item, group: later ? "others" : "open" };
  }
  return { item: { ...item, refusal: act.refusal }, group: groupOfRefusal(act.refusal, record) };
}

/** Somebody else's to do. That the proposer himself may not approve is the law's word. */
const NOT_YOURS: ReadonlySet<string> = new Set(["ROLE_REQUIRED", "WRONG_COURT"]);

/** On record already, or an answer to a situation that this record is not in. */
const SETTLED: ReadonlySet<string> = new Set([
  "ALREADY_APPROVED",
  "ALREADY_EXTENDED",
  "NOT_EMERGENCY",
  "NO_PAUSE_TO_CONFIRM",
  "NO_PAUSE_TO_LIFT",
  "NO_COMMAND_TO_RETURN",
  "COMMAND_TAKEN",
]);

/** Steps of another stage: the stage band and the next step of a planned operation say where it is. */
const isOtherStage = (code: string, { dto }: StoredRecord): boolean =>
  code === "OPERATION_NOT_READY" && (dto as StoredRecord<"operation">["dto"]).plan !== undefined;

function groupOfRefusal({ code }: Refusal, record: StoredRecord): Group {
  if (OTHER_KIND.has(code)) return "absent";
  if (isOtherStage(code, record)) return "others";
  return NOT_YOURS.has(code) || SETTLED.has(code) ? "others" : "refused";
}

function grouped(record: StoredRecord, placed: readonly Placed[]): ActionList {
  const of = (group: Group) => placed.filter((p) => p.group === group).map((p) => p.item);
  const open = of("open");
  const likely = (LIKELY[record.type] ?? []).filter((kind) => comesNext(kind, record.dto));
  const primary = likely.map((kind) => open.find((item) => item.kind === kind)).find(Boolean);
  return {
    primary,
    open: open.filter((item) => item !== primary),
    refused: of("refused"),
    others: of("others"),
  };
}
