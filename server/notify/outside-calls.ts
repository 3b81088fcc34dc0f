import { ACK_CLOCK } from "../../shared/domain/incident/climb.ts";
import type { Clocks } from "../../shared/domain/kernel/clock.ts";
import { type Ref, refKey } from "../../shared/domain/kernel/ref.ts";
import { getRef, type StateReader } from "../../shared/domain/kernel/state.ts";
import type { NotificationReport } from "../../shared/domain/notify/commands.ts";
import { type DueNotification, dueNotifications } from "../../shared/domain/notify/due.ts";
import type { NotifyFailure } from "../../shared/domain/notify/state.ts";
import type { SystemCommand } from "../app/api.ts";
import { sentFirst } from "./call-order.ts";
import type { Delivery, Notifier, OutsideMessage } from "./notifier.ts";

export interface OutsideCallsDeps {
  readonly notifier: Notifier;
  /** Whether no other node is calling about this at the moment. */
  readonly mayCall?: (key: string) => Promise<boolean>;
  /** The state with what the emergency journal holds on top. */
  readonly state: () => StateReader;
  /** Records that only the journal knows. */
  readonly held: () => readonly Ref[];
  readonly now: () => number;
  readonly monotonic: () => number;
  /** From 0 to 1, for the spread of retries. */
  readonly chance: () => number;
  readonly issue: (command: SystemCommand) => Promise<{ readonly outcome: string }>;
  readonly onDelivery?: (delivery: Delivery) => void;
}

/** How many wait is bounded by the alarms of the state alone: a bound here would keep some unseen. */
const MOST_AT_ONCE = 8;
/** So often the gateway is tried before the call stands on the failed list; it is tried on. */
const LISTED_AFTER = 3;
const FIRST_PAUSE_MS = 1_000;
const ELSEWHERE_MS = 3_000;
const LONGEST_PAUSE_MS = 30_000;

interface Call {
  readonly due: DueNotification;
  attempts: number;
  /** Monotonic ms. */
  nextAt: number;
  /** Server ms at which a desk last asked for another attempt; 0: never. */
  askedAt: number;
  /** … and that attempt has not been made yet. */
  asked: boolean;
  busy: boolean;
  taken: boolean;
}

interface Listing {
  readonly due: DueNotification;
  readonly attempts: number;
  readonly failure: NotifyFailure;
}

/**
 * Calls people outside when nobody in a centre acknowledges. What is due is derived from the state
 * each time, what was sent stands in the log: a restart neither repeats nor forgets. A call that the
 * gateway took, and that the log has not taken yet, is not made again by this process.
 */
export class OutsideCalls {
  private readonly deps: OutsideCallsDeps;
  private readonly watched = new Map<string, Ref>();
  private readonly calls = new Map<string, Call>();
  /** Failed ones that the log shall show. */
  private readonly toList = new Map<string, Listing>();
  /** Ids on its list, with the server ms of the request to try again that was met last; 0: none. */
  private readonly listed = new Map<string, number>();
  private readonly stopping = new AbortController();
  private readonly underWay = new Set<Promise<void>>();
  private recording = false;

  constructor(deps: OutsideCallsDeps) {
    this.deps = deps;
    const state = deps.state();
    this.touched([...state.all("incident"), ...state.all("police")]);
    for (const { id, state: is } of state.all("notification"))
      if (is === "FAILED") this.listed.set(id, 0);
  }

  /** A commit may have started a clock, or raised it. */
  touched(refs: readonly Ref[]): void {
    for (const { type, id } of refs) {
      if (type === "notification") this.hurry(id);
      if (type !== "incident" && type !== "police") continue;
      const ref = { type, id };
      if (isWaiting(ref, this.deps.state())) this.watched.set(refKey(ref), ref);
    }
  }

  /** A desk asked for it: no pause before the next attempt. */
  private hurry(key: string): void {
    const asked = this.deps.state().get("notification", key)?.retryAskedAt ?? 0;
    const call = this.calls.get(key);
    if (!call || asked <= call.askedAt) return;
    call.askedAt = asked;
    call.asked = true;
    call.nextAt = 0;
  }

  /** Once a second: what is due goes out, what is not any more is dropped, results are recorded. */
  async look(): Promise<void> {
    this.touched(this.deps.held());
    const due = this.dueNow();
    for (const [key, { busy, taken }] of this.calls)
      if (!due.has(key) && !busy && !taken) this.calls.delete(key);
    for (const each of due.values()) this.take(each);
    for (const call of [...this.calls.values()].sort(sentFirst)) this.start(call);
    await this.record(due);
  }

  /** Cuts off what is under way; what the gateway did not take is due again after the start. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.underWay);
  }

  private dueNow(): ReadonlyMap<string, DueNotification> {
    const state = this.deps.state();
    const due = new Map<string, DueNotification>();
    for (const [name, ref] of this.watched) {
      if (!isWaiting(ref, state)) this.watched.delete(name);
      for (const each of dueNotifications(ref, state)) due.set(each.key, each);
    }
    return due;
  }

  private take(due: DueNotification): void {
    const notification = this.deps.state().get("notification", due.key);
    if (this.calls.has(due.key) || notification?.state === "SENT") return;
    const askedAt = notification?.retryAskedAt ?? 0;
    const asked = askedAt > (this.listed.get(due.key) ?? 0);
    const call = { due, attempts: 0, nextAt: 0, askedAt, asked, busy: false, taken: false };
    this.calls.set(due.key, call);
  }

  private start(call: Call): void {
    const isDue = !call.busy && !call.taken && call.nextAt <= this.deps.monotonic();
    if (!isDue || this.underWay.size >= MOST_AT_ONCE || this.stopping.signal.aborted) return;
    call.busy = true;
    const work = this.deliver(call).finally(() => {
      call.busy = false;
      this.underWay.delete(work);
    });
    this.underWay.add(work);
  }

  private async deliver(call: Call): Promise<void> {
    const { notifier, mayCall, onDelivery, chance, monotonic } = this.deps;
    if (mayCall && !(await mayCall(call.due.key))) {
      // By then the log says that it was done there, or it is this one's turn.
      call.nextAt = monotonic() + ELSEWHERE_MS;
      return;
    }
    const delivery = await notifier.send(this.messageOf(call.due), this.stopping.signal);
    if (!delivery.ok && this.stopping.signal.aborted) return;
    call.attempts += 1;
    call.asked = false;
    if (this.listed.has(call.due.key)) this.listed.set(call.due.key, call.askedAt);
    call.taken = delivery.ok;
    onDelivery?.(delivery);
    if (delivery.ok) return;
    call.nextAt = monotonic() + pauseMs(call.attempts, chance());
    const { due, attempts } = call;
    if (attempts === LISTED_AFTER)
      this.toList.set(due.key, { due, attempts, failure: delivery.failure });
  }

  private messageOf({ key, courtId, roles, kind, text, recordRef }: DueNotification) {
    const state = this.deps.state();
    const contacts = state.get("court", courtId)?.dutyContacts ?? [];
    const phones = contacts
      .filter((contact) => contact.roles.some((role) => roles.includes(role)))
      .map(({ phone }) => phone);
    return {
      id: key,
      to: phones.length > 0 ? phones : roles.map((role) => `${courtId}:${role}`),
      kind,
      text,
      at: this.deps.now(),
      courtId,
      alarmCourtId: getRef(state, recordRef)?.courtId ?? courtId,
    } satisfies OutsideMessage;
  }

  /** One round at a time: a store that hangs must not gather rounds, nor hold up the calls. */
  private async record(due: ReadonlyMap<string, DueNotification>): Promise<void> {
    if (this.recording) return;
    this.recording = true;
    try {
      await this.recordTaken();
      await this.recordFailed(due);
      await this.recordMoot(due);
    } finally {
      this.recording = false;
    }
  }

  private async recordTaken(): Promise<void> {
    for (const [key, { due, attempts, taken }] of this.calls) {
      if (!taken || !(await this.issue("sent", key, reportOf(due, attempts)))) continue;
      this.calls.delete(key);
      this.toList.delete(key);
      this.listed.delete(key);
    }
  }

  private async recordFailed(due: ReadonlyMap<string, DueNotification>): Promise<void> {
    for (const [key, { due: what, attempts, failure }] of this.toList) {
      const wanted = due.has(key) && this.calls.get(key)?.taken !== true && !this.listed.has(key);
      if (wanted) {
        if (!(await this.issue("failed", key, { ...reportOf(what, attempts), failure }))) continue;
        this.listed.set(key, 0);
      }
      this.toList.delete(key);
    }
  }

  private async recordMoot(due: ReadonlyMap<string, DueNotification>): Promise<void> {
    for (const key of this.listed.keys()) {
      const open = due.has(key) || this.calls.has(key);
      if (!open && (await this.issue("moot", key, {}))) this.listed.delete(key);
    }
  }

  /** @returns whether the log has it, or will never take it; otherwise it is tried again. */
  private async issue(
    what: "sent" | "failed" | "moot",
    key: string,
    payload: Readonly<Record<string, unknown>>,
  ): Promise<boolean> {
    try {
      await this.deps.issue({
        id: `sys:${key}:${what}`,
        kind: `notification.${what}`,
        ref: { type: "notification", id: key },
        payload,
      });
      return true;
    } catch {
      return false;
    }
  }
}

function isWaiting(ref: Ref, state: StateReader): boolean {
  const clock = (getRef(state, ref) as { readonly clocks?: Clocks } | undefined)?.clocks?.[
    ACK_CLOCK
  ];
  return clock !== undefined && clock.endedAt === undefined;
}

const reportOf = (
  { courtId, kind, roles, recordRef, level }: DueNotification,
  attempts: number,
): NotificationReport & Readonly<Record<string, unknown>> => ({
  courtId,
  kind,
  roles,
  recordRef,
  level,
  attempts,
});

/** Doubling, spread by a quarter to either side so that many calls do not come back at once. */
const pauseMs = (attempts: number, chance: number): number =>
  Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (attempts - 1)) * (0.75 + chance / 2);
