import type { Page } from "./compose.ts";
import { type FieldMemory, openFieldMemory, rememberField, restore } from "./link/field-memory.ts";
import { createOutbox, type Outbox } from "./link/outbox.ts";
import { memoryOutboxDb, type OutboxDb, openOutboxDb } from "./link/outbox-db.ts";
import { createShelf } from "./link/outbox-store.ts";
import type { Link } from "./link/start-link.ts";

/** A browser may leave the database hanging (another tab upgrades it): the face opens anyway. */
const DB_WAIT_MS = 2_000;

/** The disk of this phone: what is to be sent, and what was last seen. */
export interface FieldDisk {
  readonly outbox: OutboxDb;
  readonly memory: FieldMemory | undefined;
}

export async function openFieldDisk(page: Page): Promise<FieldDisk> {
  const [outbox, memory] = await Promise.all([
    within(page, openOutboxDb()),
    within(page, openFieldMemory()),
  ]);
  // Asks the browser not to throw the outbox away when the phone runs full.
  navigator.storage?.persist?.().catch(() => false);
  return { outbox: outbox ?? memoryOutboxDb(), memory };
}

/** Before the link starts, so that `resume` continues from what was remembered. */
export async function recallField(page: Page, { memory }: FieldDisk): Promise<void> {
  if (!memory) return;
  const last = await memory.read().catch(() => undefined);
  if (last) restore(page.stores, last);
  rememberField(page.stores, memory, page.platform);
}

export function outboxOf(page: Page, link: Link, disk: FieldDisk): Outbox {
  const { stores, platform, api } = page;
  const outbox = createOutbox({
    shelf: createShelf(disk.outbox),
    roads: link.roads,
    api,
    stores,
    platform,
    owner: () => stores.session.getState().hello?.officerId,
  });
  addEventListener("online", () => outbox.soon());
  stores.connection.subscribe((state, before) => {
    if (state.connection.kind === "live" && before.connection.kind !== "live") outbox.soon();
  });
  return outbox;
}

function within<T>(page: Page, opening: Promise<T>): Promise<T | undefined> {
  return new Promise((resolve) => {
    const stop = page.platform.after(DB_WAIT_MS, () => resolve(undefined));
    opening.then(resolve, () => resolve(undefined)).finally(stop);
  });
}
