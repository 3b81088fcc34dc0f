import type { Cancel, Platform } from "../store/platform.ts";
import type { Stores } from "../store/stores.ts";
import type { Api, SubjectIdentity } from "./api.ts";
import { type CommandRequest, makeEnvelope, withAge } from "./envelope.ts";
import type { HeldItem, MadeAt } from "./outbox-item.ts";
import { afterDelivery, dueItems, outlived, restMs } from "./outbox-queue.ts";
import type { OutboxShelf, OutboxStore } from "./outbox-store.ts";
import type { Delivery, Roads } from "./roads.ts";

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
  /** A person has read a refusal and takes it off the list. Waiting ones cannot be removed. */
  forget(id: string): Promise<void>;
  /** There may be a way now: try without resting. */
  soon(): void;
  stop(): void;
}

export interface OutboxParts {
  readonly shelf: OutboxShelf;
  readonly roads: Roads;
  readonly api: Pick<Api, "putSubject">;
  readonly stores: Pick<Stores, "records" | "connection">;
  readonly platform: Platform;
  /** The officer who is signed in on this phone. */
  readonly owner: () => string | undefined;
}

/** Woken anyway this often: no lost wake-up may leave a report lying. */
const PUMP_EVERY_MS = 1_000;

export function createOutbox(parts: OutboxParts): Outbox {
  const { shelf, roads, api, stores, platform, owner } = parts;
  const page = platform.newId();
  const inFlight = new Set<string>();
  const restUntil = new Map<string, number>();
  let lastOrder = 0;

  const madeNow = (): MadeAt => ({
    page,
    mono: platform.monoMs(),
    gap: platform.wallMs() - platform.monoMs(),
  });

  /** By the clock, so that it grows over page lives, and never below what is held. */
  const nextOrder = () => {
    const held = shelf.store.getState().items.at(-1)?.order ?? 0;
    lastOrder = Math.max(lastOrder + 1, held + 1, Math.round(platform.wallMs()));
    return lastOrder;
  };

  const attempt = async (item: HeldItem) => {
    inFlight.add(item.id);
    const delivery = await handIn(item, roads, api, ageBase(item, madeNow()));
    inFlight.delete(item.id);
    const after = afterDelivery(shelf.get(item.id) ?? item, delivery);
    if (after.stage.kind === "waiting") {
      restUntil.set(item.id, platform.monoMs() + restMs(after, platform.random()));
    }
    await shelf.keep(after);
    if (after.stage.kind === "server") await shelf.drop(outlived(shelf.store.getState().items));
    pump();
  };

  const pump = () => {
    const clock = { now: platform.monoMs(), restUntil, inFlight };
    for (const item of dueItems(shelf.store.getState().items, owner(), clock)) {
      attempt(item).catch(() => inFlight.delete(item.id));
    }
  };

  const stop: Cancel = platform.every(PUMP_EVERY_MS, pump);
  const loaded = shelf.load();
  loaded.then(pump, pump);

  return {
    store: shelf.store,
    async submit(request, { urgent = false, subject } = {}) {
      const envelope = makeEnvelope(request, stores, platform);
      const made = madeNow();
      // An order behind what an earlier page life left; an SOS does not wait for the disk.
      if (!urgent) await loaded;
      const saving = shelf.keep({
        id: envelope.id,
        order: nextOrder(),
        envelope,
        urgent,
        owner: owner(),
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
      if (shelf.get(id)?.stage.kind !== "waiting") await shelf.drop([id]);
    },
    soon() {
      restUntil.clear();
      pump();
    },
    stop,
  };
}

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

/** Identity to the vault first (idempotent), then the command. */
async function handIn(
  item: HeldItem,
  roads: Roads,
  api: Pick<Api, "putSubject">,
  age: AgeBase,
): Promise<Delivery> {
  if (item.subject && !item.urgent) {
    const put = await api.putSubject(item.subject.id, item.subject.identity);
    if (!put.ok) {
      const kind = put.failure.status === 400 || put.failure.status === 422 ? "unreadable" : "none";
      return { kind, failure: put.failure };
    }
  }
  return roads.deliver(withAge(item.envelope, age.madeMono, age.nowMono));
}
