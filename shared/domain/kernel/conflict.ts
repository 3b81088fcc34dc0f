/** A report that did not fit the state it met; kept for the duty desk, never thrown away. */
export interface Conflict {
  readonly commandId: string;
  readonly event: string;
  readonly at: number;
  readonly occurredAt: number;
  readonly note: string;
}

/** From here on another one alike says nothing that a desk could act on. */
const ALIKE_AT_MOST = 8;

/** The same report of the same moment is kept once, and of those alike only the first ones. */
export function withConflict(known: readonly Conflict[], one: Conflict): readonly Conflict[] {
  const alike = known.filter(({ event, note }) => event === one.event && note === one.note);
  const said = alike.some(({ occurredAt }) => occurredAt === one.occurredAt);
  return said || alike.length >= ALIKE_AT_MOST ? known : [...known, one];
}
