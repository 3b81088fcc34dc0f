import type { Page } from "./compose.ts";
import { type FieldMemory, openFieldMemory, rememberField, restore } from "./link/field-memory.ts";
import { createOutbox, type Outbox } from "./link/outbox.ts";
import { type OutboxDb, openingOutboxDb, openOutboxDb } from "./link/outbox-db.ts";
import type { Mode } from "./link/outbox-item.ts";
import { createShelf } from "./link/outbox-store.ts";
import { openSosKeyDb, type SosKey } from "./link/sos-key-db.ts";
import { createSosKeys, type SosKeys } from "./link/sos-keys.ts";
import { createSosRoad } from "./link/sos-road.ts";
import type { Link } from "./link/start-link.ts";

/** A browser may leave the database hanging (another tab upgrades it): the face opens anyway. */
const DB_WAIT_MS = 2_000;

/** The disk of this phone: what is to be sent, by which keys, and what was last seen. */
export interface FieldDisk {
  readonly outbox: OutboxDb;
  readonly sosKeys: SosKeys;
  readonly memory: FieldMemory | undefined;
}

export async function openFieldDisk(page: Page): Promise<FieldDisk> {
  const { api, platform } = page;
  const patience = () => within(page, new Promise<never>(() => undefined));
  const outbox = openingOutboxDb(openOutboxDb(), patience);
  const subtle = globalThis.crypto?.subtle as SubtleCrypto | undefined;
  const [sosKeys, memory] = await Promise.all([
    createSosKeys({ db: openSosKeyDb(), api, platform, subtle }),
    within(page, openFieldMemory()),
  ]);
  // Asks the browser not to throw the outbox away when the phone runs full.
  navigator.storage?.persist?.().catch(() => false);
  return { outbox, sosKeys, memory };
}

/** Before the link starts, so that `resume` continues from what was remembered. */
export async function recallField(page: Page, { memory }: FieldDisk): Promise<void> {
  if (!memory) return;
  const last = await memory.read().catch(() => undefined);
  if (last) restore(page.stores, last);
  rememberField(page.stores, memory, page.platform);
}

export function outboxOf(page: Page, link: Link, { outbox: db, sosKeys }: FieldDisk): Outbox {
  const { stores, platform, api } = page;
  const outbox = createOutbox({
    shelf: createShelf(db),
    roads: link.roads,
    sos: createSosRoad(link.roads, api, sosKeys),
    api,
    stores,
    platform,
    owner: () => stores.session.getState().hello?.officerId,
    mode: modeOf(page),
    holder: () => sosKeys.store.getState().keys[0]?.officerId,
  });
  addEventListener("online", () => outbox.soon());
  stores.connection.subscribe((state, before) => {
    if (state.connection.kind === "live" && before.connection.kind !== "live") outbox.soon();
  });
  sosKeys.store.subscribe(() => outbox.soon());
  return outbox;
}

const ASK_MODE_EVERY_MS = 10_000;

/** As the frame round the face says it: by the session, or by the server before anybody signs in. */
function modeOf({ api, stores, platform }: Page): () => Mode | undefined {
  let asked: Mode | undefined;
  const ask = () => {
    if (stores.session.getState().hello || asked) return;
    // Never rejects: a failed call is a value.
    void api.deployment().then((got) => {
      if (got.ok) asked = got.value.mode;
    });
  };
  ask();
  platform.every(ASK_MODE_EVERY_MS, ask);
  return () => stores.session.getState().hello?.mode ?? asked;
}

/** A key that is enrolled and unknown again and again must not make a storm of enrolments. */
const ENROL_AGAIN_MS = 2_000;

/** Whoever is signed in here gets a key for the day when nobody is: SOSR-1, SOSR-19. */
export function keepSosKey(
  { stores, platform }: Pick<Page, "stores" | "platform">,
  { sosKeys }: Pick<FieldDisk, "sosKeys">,
): void {
  const enrolled = new Set<string>();
  const look = () => {
    const { connection } = stores.connection.getState();
    const officerId = stores.session.getState().hello?.officerId;
    if (connection.kind !== "live" || officerId === undefined || enrolled.has(officerId)) return;
    enrolled.add(officerId);
    void sosKeys.ensure(officerId).then(() => {
      if (!sosKeys.of(officerId)) enrolled.delete(officerId); // again when the link is live again
      nameIt(officerId);
    });
  };
  stores.connection.subscribe(look);
  // The server forgot a key, or it had to make room for another officer's.
  sosKeys.store.subscribe((now, before) => {
    const known = new Set(now.keys.filter(isEnrolled).map(({ officerId }) => officerId));
    const lost = before.keys.filter((key) => isEnrolled(key) && !known.has(key.officerId));
    for (const { officerId } of lost) enrolled.delete(officerId);
    if (lost.length > 0) platform.after(ENROL_AGAIN_MS, look);
  });
  const nameIt = (officerId: string) => {
    const label = stores.records.getState().maps.officer.get(officerId)?.dto.short;
    if (label !== undefined) sosKeys.name(officerId, label);
  };
}

const isEnrolled = ({ keyId }: SosKey): boolean => keyId !== undefined;

function within<T>(page: Page, opening: Promise<T>): Promise<T | undefined> {
  return new Promise((resolve) => {
    const stop = page.platform.after(DB_WAIT_MS, () => resolve(undefined));
    opening.then(resolve, () => resolve(undefined)).finally(stop);
  });
}
