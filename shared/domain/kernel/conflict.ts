/** A report that did not fit the state it met; kept for the duty desk, never thrown away. */
export interface Conflict {
  readonly commandId: string;
  readonly event: string;
  readonly at: number;
  readonly occurredAt: number;
  readonly note: string;
}
