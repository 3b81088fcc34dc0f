/** Why a report did not fit: the closed list, each with words on every face that shows it. */
export const CONFLICT_NOTES = [
  "AFTER_END",
  "OTHER_END",
  "OTHER_TIME",
  "OUT_OF_ORDER",
  "NOT_ORDERED",
  "PAUSE_ORDERED",
  "AFTER_DEPARTURE",
  "NOT_OF_THIS_KIND",
  "BEFORE_APPROVAL",
  "AFTER_INTAKE",
  "WITHOUT_INTAKE",
  "BEFORE_TERM",
  "FORMER_UNIT",
  "PERSON_HELD",
  "DECLINED_AFTER_DISPATCH",
  "DECLINED_ON_SCENE",
  "REFUSED_AFTER_REPLY",
  "NO_ASSIST",
  "NO_INCIDENT_NAMED",
  "NOT_OWN_MATTER",
] as const;
export type ConflictNote = (typeof CONFLICT_NOTES)[number];

/** A report that did not fit the state it met; kept for the duty desk, never thrown away. */
export interface Conflict {
  readonly commandId: string;
  readonly event: string;
  readonly at: number;
  readonly occurredAt: number;
  readonly note: ConflictNote;
}

/** From here on another one alike says nothing that a desk could act on. */
const ALIKE_AT_MOST = 8;

/** The same report of the same moment is kept once, and of those alike only the first ones. */
export function withConflict(known: readonly Conflict[], one: Conflict): readonly Conflict[] {
  const alike = known.filter(({ event, note }) => event === one.event && note === one.note);
  const said = alike.some(({ occurredAt }) => occurredAt === one.occurredAt);
  return said || alike.length >= ALIKE_AT_MOST ? known : [...known, one];
}
