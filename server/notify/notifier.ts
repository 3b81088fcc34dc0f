import type { AlarmKind, NotifyFailure } from "../../shared/domain/notify/state.ts";

/** One call to people outside the system. Its text carries no personal data. */
export interface OutsideMessage {
  /** The same after every retry and restart: a gateway that knows it already need not call again. */
  readonly id: string;
  /** Telephone numbers of the duty desk, or `COURT:ROLE` where the court has registered none. */
  readonly to: readonly string[];
  readonly kind: AlarmKind;
  readonly text: string;
  /** Server ms. */
  readonly at: number;
  /** Court that is called. */
  readonly courtId: string;
  /** Court whose alarm it is. */
  readonly alarmCourtId: string;
}

export type Delivery =
  | { readonly ok: true }
  | { readonly ok: false; readonly failure: NotifyFailure };

/** A road out of the system: an SMS or voice gateway, or a demonstration's outbox. Never throws. */
export interface Notifier {
  send(message: OutsideMessage, stopped: AbortSignal): Promise<Delivery>;
}
