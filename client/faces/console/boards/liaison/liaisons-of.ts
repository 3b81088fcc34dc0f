import type { StoredRecord } from "../../../../store/dto.ts";
import type { RecordMaps } from "../../../../store/records.ts";
import { byUrgency, isOver } from "../turn.ts";

type Request = StoredRecord<"liaison">;
type Suggestion = StoredRecord<"suggestion">;
type Maps = Pick<RecordMaps, "liaison" | "suggestion">;

const ENDED: ReadonlySet<string> = new Set(["CLOSED", "WITHDRAWN"]);
const ANSWERED: ReadonlySet<string> = new Set(["REPLIED", "REFUSED"]);
const SETTLED: ReadonlySet<string> = new Set(["CLOSED", "APPROVED", "REJECTED"]);

export interface LiaisonsOf {
  /** Answered, refused or over its term: the court moves next. */
  readonly ours: readonly Request[];
  /** With the units, in time. */
  readonly waiting: readonly Request[];
  /** Suggestions and fine proposals that are not settled. */
  readonly followed: readonly Suggestion[];
  /** Of courts below, for whoever stands above them. */
  readonly below: readonly (Request | Suggestion)[];
}

const isOurs = (row: Request, now: number): boolean =>
  ANSWERED.has(row.dto.state ?? "") || isOver(row, now);

/** Requests to linked units and what followed, by whose hand moves next; the most pressing first. */
export function liaisonsOf(maps: Maps, courtId: string | undefined, now: number): LiaisonsOf {
  const order = byUrgency(now);
  const requests = [...maps.liaison.values()]
    .filter(({ dto }) => !ENDED.has(dto.state ?? ""))
    .sort(order);
  const followed = [...maps.suggestion.values()]
    .filter(({ dto }) => !SETTLED.has(dto.state ?? ""))
    .sort(order);
  const isOwn = ({ dto }: Request | Suggestion) => dto.courtId === courtId;
  const own = requests.filter(isOwn);
  return {
    ours: own.filter((row) => isOurs(row, now)),
    waiting: own.filter((row) => !isOurs(row, now)),
    followed: followed.filter(isOwn),
    below: [...requests, ...followed].filter((row) => !isOwn(row)),
  };
}

/** What waits for this court's hand, and how much of it is over its time. */
export function liaisonCount(maps: Maps, courtId: string | undefined, now: number) {
  const { ours, followed } = liaisonsOf(maps, courtId, now);
  const mine = [...ours, ...followed];
  return { open: mine.length, act: mine.filter((row) => isOver(row, now)).length };
}
