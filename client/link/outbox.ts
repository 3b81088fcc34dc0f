import type { Cancel, Platform } from "../store/platform.ts";
import type { RecordMaps, RecordsState } from "../store/records.ts";
import type { Stores } from "../store/stores.ts";
import type { Api, SubjectIdentity } from "./api.ts";
import { type CommandRequest, makeEnvelope, withAge } from "./envelope.ts";
import { type HeldItem, isFor, isWaiting, type MadeAt, type Mode } from "./outbox-item.ts";
import { afterDelivery, dueItems, isOf, outlived, restMs } from "./outbox-queue.ts";
import type { OutboxShelf, OutboxStore } from "./outbox-store.ts";
import type { Delivery, Roads } from "./roads.ts";
import type { SosRoad } from "./sos-road.ts";

export interface SubmitMore {
  /** An SOS: sent at once, while it is still being saved. */
  readonly urgent?: boolean;
  readonly subject?: { readonly id: string; readonly identity: SubjectIdentity };
}

/** Commands of a phone: saved first, handed in for ever, never lost on a reload. */
export interface Outbox {
  readonly store: OutboxStore;
  /** Resolves once it is saved on this phone (or cannot be, see `disk`); what comes later is in the store. */
  submit(request: CommandRequest, more?: SubmitMore): Promise<HeldItem>;
  /**
   * A person has read a refusal and takes it off the list; or what was only played, elsewhere. What
   * waits and is real cannot be removed.
   */
  forget(id: string): Promise<void>;
  /** There may be a way now: try without resting. */
  soon(): void;
  stop(): void;
}

export interface OutboxParts {
  readonly shelf: OutboxShelf;
  readonly roads: Pick<Roads, "deliver">;
  /** The roads of a call for help; a device without keys has only the common ones. */
  readonly sos?: SosRoad;
  readonly api: Pick<Api, "putSubject">;
  readonly stores: Pick<Stores, "records" | "connection">;
  readonly platform: Platform;
  /** The officer whose session this page has. */
  readonly owner: () => string | undefined;
  /** Whose phone it is when nobody is signed in: a call for help is made in their name. */
  readonly holder?: () => string | undefined;
  /** Whether this server is the real one, a demonstration or an exercise; undefined: not heard yet. */
  readonly mode?: () => Mode | undefined;
}

/** Woken anyway this often: no lost wake-up may leave a report lying. */
const PUMP_EVERY_MS = 1_000;

export function createOutbox(parts: OutboxParts): Outbox {
  const { shelf, sos, stores, platform, owner, holder, mode = unheard } = parts;
  const page = platform.newId();
  const inFlight = new Set<string>();
  const restUntil = new Map<string, number>();
  const nextOrder = orders(shelf, platform);

  const madeNow = () => momentOf(platform, page);

  const attempt = async (item: HeldItem) => {
    inFlight.add(item.id);
    const delivery = await handIn(item, parts, ageBase(item, madeNow()));
    inFlight.delete(item.id);
    const after = afterDelivery(shelf.get(item.id) ?? item, delivery);
    if (isWaiting(after)) {
      restUntil.set(item.id, platform.monoMs() + restMs(after, platform.random()));
    }
    await shelf.keep(after);
    if (after.stage.kind === "server") await shelf.drop(outlived(shelf.store.getState().items));
    pump();
  };

  const pump = () => {
    shelf.standIn(mode());
    settleJournalled(shelf, stores.records.getState());
    const clock = { now: platform.monoMs(), restUntil, inFlight };
    const hands = { signedIn: owner(), hasKey: sos?.knows ?? nobody };
    for (const item of dueItems(shelf.store.getState().items, hands, clock)) {
      attempt(item).catch(() => inFlight.delete(item.id));
    }
  };

  const stopPump: Cancel = platform.every(PUMP_EVERY_MS, pump);
  const stopSettling = stores.records.subscribe((now, before) => {
    if (now.held.incident !== before.held.incident) settleJournalled(shelf, now);
  });
  const loaded = shelf.load();
  loaded.then(pump, pump);

  return {
    store: shelf.store,
    async submit(request, { urgent = false, subject } = {}) {
      const envelope = makeEnvelope(request, stores, platform);
      const made = madeNow();
      const madeIn = mode();
      // An order behind what an earlier page life left; an SOS does not wait for the disk.
      if (!urgent) await Promise.race([loaded, patience(platform)]);
      const saving = shelf.keep({
        id: envelope.id,
        order: nextOrder(),
        envelope,
        urgent,
        owner: owner() ?? (urgent ? holder?.() : undefined),
        ...(madeIn ? { mode: madeIn } : {}),
        ...(subject ? { subject } : {}),
        made,
        tries: 0,
        stage: { kind: "waiting" },
      });
      if (urgent) pump();
      const held = await saving;
      pump();
      return held;
    },
    async forget(id) {
      const item = shelf.get(id);
      if (item && (!isWaiting(item) || isOverPlay(item, mode()))) await shelf.drop([id]);
    },
    soon() {
      restUntil.clear();
      pump();
    },
    stop() {
      stopPump();
      stopSettling();
    },
  };
}

const momentOf = (platform: Platform, page: string): MadeAt => ({
  page,
  mono: platform.monoMs(),
  gap: platform.wallMs() - platform.monoMs(),
});

/** By the clock, so that it grows over page lives, and never below what is held. */
function orders(shelf: OutboxShelf, platform: Platform): () => number {
  let last = 0;
  return () => {
    const held = shelf.store.getState().items.at(-1)?.order ?? 0;
    last = Math.max(last + 1, held + 1, Math.round(platform.wallMs()));
    return last;
  };
}

const nobody = () => false;
const unheard = () => undefined;

/** Of an exercise or a demonstration that this phone has left. */
const isOverPlay = (item: HeldItem, present: Mode | undefined): boolean =>
  item.mode !== "LIVE" && !isFor(item, present);

/** A disk that does not open (another tab holds it) must not keep a report on this phone. */
const DISK_WAIT_MS = 2_000;
const patience = (platform: Platform): Promise<void> =>
  new Promise((resolve) => void platform.after(DISK_WAIT_MS, resolve));

/** What the emergency journal took is stored once a record of the log names it. */
function settleJournalled(shelf: OutboxShelf, { cursor, held }: RecordsState): void {
  for (const item of shelf.store.getState().items) {
    if (item.stage.kind !== "journal" || !cursor || !isNamedIn(held, item.id)) continue;
    void shelf.keep({ ...item, stage: { kind: "server", seq: cursor.seq, at: item.stage.at } });
  }
}

const isNamedIn = ({ incident }: RecordMaps, commandId: string): boolean =>
  [...incident.values()].some(({ dto }) => dto.commandIds?.includes(commandId));

/** A gap that grew by more than this means that the device slept in between. */
const SLEPT_FROM_MS = 3_000;

interface AgeBase {
  readonly madeMono: number | undefined;
  readonly nowMono: number;
}

/** The age is known only within one page life without sleep. */
function ageBase(item: HeldItem, now: MadeAt): AgeBase {
  const known = item.made.page === now.page && Math.abs(now.gap - item.made.gap) < SLEPT_FROM_MS;
  return { madeMono: known ? item.made.mono : undefined, nowMono: now.mono };
}

/** Identity to the vault first (idempotent), then the command; a call for help by its own roads. */
async function handIn(
  item: HeldItem,
  { roads, sos, api, owner, mode = unheard }: OutboxParts,
  age: AgeBase,
): Promise<Delivery> {
  const envelope = withAge(item.envelope, age.madeMono, age.nowMono);
  if (item.urgent && sos) {
    return sos.deliver(envelope, item.owner, isOf(item, owner()), item.mode);
  }
  if (item.subject && !item.urgent) {
    const put = await api.putSubject(item.subject.id, item.subject.identity, item.mode);
    if (!put.ok) {
      const kind = put.failure.status === 400 || put.failure.status === 422 ? "unreadable" : "none";
      return { kind, failure: put.failure };
    }
  }
  // Another server may have said its hello while the vault was writing.
  if (!isFor(item, mode())) return { kind: "none", failure: { status: 0, code: "OTHER_MODE" } };
  return roads.deliver(envelope, item.owner, item.mode);
}
