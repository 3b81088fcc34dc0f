import type { Api } from "../../../client/link/api.ts";
import type { CommandRequest } from "../../../client/link/envelope.ts";
import {
  type FieldMemory,
  type Remembered,
  rememberField,
  restore,
} from "../../../client/link/field-memory.ts";
import { createOutbox, type Outbox } from "../../../client/link/outbox.ts";
import type { OutboxDb } from "../../../client/link/outbox-db.ts";
import { isWaiting, type OutboxItem } from "../../../client/link/outbox-item.ts";
import { createShelf } from "../../../client/link/outbox-store.ts";
import { type Link, startLink } from "../../../client/link/start-link.ts";
import type { Chance } from "../../../client/simulator/chance.ts";
import type { Platform } from "../../../client/store/platform.ts";
import { createStores, type Stores } from "../../../client/store/stores.ts";
import { seatOfView } from "../../../server/app/view-registry.ts";
import type { Seat } from "../../../shared/domain/authority/audience.ts";
import { commandAnswer } from "../../../shared/wire/command.ts";
import { memoryStorage } from "../../unit/link-fakes.ts";
import type { Seated, SimServer } from "./sim-server.ts";
import { SimSocket } from "./sim-socket.ts";
import { Wire } from "./sim-wire.ts";
import { type Life, newLife, type VirtualTime } from "./virtual-time.ts";
import type { Witness } from "./witness.ts";

export interface DeviceParts {
  readonly name: string;
  readonly seated: Seated;
  readonly time: VirtualTime;
  readonly chance: Chance;
  readonly server: SimServer;
  readonly witness: Witness;
  /** Error of the device's wall clock, ms. */
  readonly wallOffMs: number;
  /** Compares the glass with its projection; false when they are not of the same commit now. */
  readonly compare: (device: SimDevice) => boolean;
}

/** When a glass has to say that it is old. */
const SAYS_SO_AFTER_MS: Readonly<Record<Seat, number>> = {
  console: 5_000,
  wall: 5_000,
  field: 25_000,
  inspector: 5_000,
  president: 5_000,
  partner: 5_000,
  observer: 5_000,
};
/** A link looks at its age each half second, and after a sleep it must look once. */
const SEEN_AFTER_MS = 1_000;

interface Page {
  readonly life: Life;
  readonly stores: Stores;
  readonly link: Link;
  readonly outbox: Outbox | undefined;
}

/** A phone, a desk or a wall: a disk, a wire, a clock of its own, and one page life after another. */
export class SimDevice {
  readonly name: string;
  readonly seated: Seated;
  readonly seat: Seat;
  readonly wire: Wire;
  private page: Page;
  private life: Life = newLife();
  private pages = 0;
  private sleptMs = 0;
  private wokeAt = 0;
  private remembered: Remembered | undefined;
  private toCompare = false;
  private liveSince = 0;
  private readonly shown = new Set<string>();
  private readonly disk = new Map<string, OutboxItem>();
  private readonly parts: DeviceParts;

  constructor(parts: DeviceParts) {
    this.parts = parts;
    this.name = parts.name;
    this.seated = parts.seated;
    this.seat = seatOfView(parts.seated.view);
    this.wire = new Wire(parts.time, parts.chance.fork("wire"), parts.server);
    this.page = this.openPage();
  }

  get stores(): Stores {
    return this.page.stores;
  }

  get isAwake(): boolean {
    return this.life.sleepsUntil <= this.parts.time.now;
  }

  /** As a person does at this device. An SOS does not wait for the disk. */
  act(request: CommandRequest, urgent = false): void {
    const { outbox, link } = this.page;
    const surprise = (error: unknown): void => this.parts.witness.problem(String(error));
    if (outbox) {
      outbox.submit(request, { urgent }).then(({ id, disk }) => {
        if (disk === "saved") this.parts.witness.savedOnPhone(id);
      }, surprise);
      return;
    }
    const { id, done } = link.commands.send(request);
    done.then((delivery) => {
      if (delivery.kind !== "answer") return;
      const { outcome, seq } = delivery.answer;
      if (outcome === "ACCEPTED") this.parts.witness.shownAsStored(id, seq);
      if (outcome === "JOURNALLED") this.parts.witness.shownAsJournalled(id);
    }, surprise);
  }

  /** What waits on this device until the log has it. */
  waiting(): readonly OutboxItem[] {
    return (this.page.outbox?.store.getState().items ?? []).filter(isWaiting);
  }

  /** The page is gone (reload, browser killed, phone restarted); what lies on the disk comes back. */
  reload(): void {
    this.close();
    this.page = this.openPage();
  }

  /** In a pocket: nothing runs, nothing is heard, the monotonic clock stands still. */
  sleep(ms: number): void {
    if (!this.isAwake) return;
    const { time } = this.parts;
    this.life.sleepsUntil = time.now + ms;
    this.wokeAt = time.now + ms;
    this.sleptMs += ms;
    this.wire.become("SILENT");
    time.after(ms, () => this.wire.become("WELL"));
  }

  close(): void {
    this.life.alive = false;
    this.page.link.stop();
    this.page.outbox?.stop();
  }

  /** Since when the road has been whole and the glass in step; nothing while it is not. */
  steadySince(): number | undefined {
    const { connection } = this.stores.connection.getState();
    const isSteady = connection.kind === "live" && this.wire.state === "WELL" && this.isAwake;
    return isSteady ? Math.max(this.liveSince, this.wire.changedAt) : undefined;
  }

  /** Whether this call for help has been on the glass of this page, or of one before. */
  showed(commandId: string): boolean {
    return this.shown.has(commandId);
  }

  /** A glass that shows something old without saying so. Looked at every half second. */
  lookAtAge(): void {
    const { time, witness } = this.parts;
    const { connection, freshness } = this.stores.connection.getState();
    if (connection.kind !== "live" || freshness !== "fresh") return;
    if (!this.wire.keepsTime || time.now - this.wokeAt < SEEN_AFTER_MS) return;
    const since = witness.behindSince(this.stores.records.getState().cursor?.seq ?? -1);
    const age = since === undefined ? 0 : time.now - since;
    if (age > SAYS_SO_AFTER_MS[this.seat] + SEEN_AFTER_MS)
      witness.problem(`INV-12 ${this.name} shows a picture ${age} ms old and says nothing`);
  }

  private openPage(): Page {
    const { seat } = this;
    const life = newLife();
    this.life = life;
    this.pages += 1;
    const platform = this.platform(life, this.pages);
    const stores = createStores(platform, memoryStorage());
    if (seat === "field") this.recall(stores, platform);
    const api = this.api(life);
    const open = () =>
      new SimSocket(this.parts.time, this.wire, this.name, life, this.observe).asSocket();
    const link = startLink({ stores, platform, api, seat, auth: () => ({ seat }), open });
    const outbox = seat === "field" ? this.outbox(stores, platform, api, link) : undefined;
    this.watch(stores);
    return { life, stores, link, outbox };
  }

  private platform(life: Life, page: number): Platform {
    const { time, chance, wallOffMs, name } = this.parts;
    const random = chance.fork(`page ${page}`);
    const bootedAt = time.now - this.sleptMs - random.whole(0, 100_000);
    let ids = 0;
    return {
      wallMs: () => time.now + wallOffMs,
      monoMs: () => time.now - bootedAt - this.sleptMs,
      random: random.next,
      newId: () => {
        ids += 1;
        return `${name}.${page}.${String(ids).padStart(4, "0")}`;
      },
      after: (ms, run) => time.after(ms, run, life),
      every: (ms, run) => time.every(ms, run, life),
    };
  }

  private recall(stores: Stores, platform: Platform): void {
    const { time } = this.parts;
    const { life } = this;
    const memory: FieldMemory = {
      read: async () => this.remembered,
      write: async (what) => void time.after(5, () => (this.remembered = what), life),
      wipe: async () => {
        this.remembered = undefined;
      },
    };
    if (this.remembered) restore(stores, this.remembered);
    rememberField(stores, memory, platform);
  }

  private outbox(stores: Stores, platform: Platform, api: Api, link: Link): Outbox {
    const shelf = createShelf(this.openDisk());
    const owner = () => stores.session.getState().hello?.officerId;
    const outbox = createOutbox({ shelf, roads: link.roads, api, stores, platform, owner });
    // As `client/compose-field.ts` wires it.
    stores.connection.subscribe((state, before) => {
      if (state.connection.kind === "live" && before.connection.kind !== "live") outbox.soon();
    });
    outbox.store.subscribe(({ items }, before) => {
      if (items === before.items) return;
      for (const item of items) this.seeStage(item);
    });
    return outbox;
  }

  private seeStage({ id, stage, urgent }: OutboxItem): void {
    const { witness } = this.parts;
    if (stage.kind === "server") witness.shownAsStored(id, stage.seq);
    if (stage.kind === "journal") witness.shownAsJournalled(id);
    if (stage.kind === "refused" && urgent)
      witness.problem(`INV-16 ${id}, a call for help, is shown as refused: ${stage.refusal.code}`);
  }

  private openDisk(): OutboxDb {
    const { disk, life } = this;
    const { time, chance } = this.parts;
    const written = (write: () => void): Promise<void> =>
      time.pause(chance.whole(1, 20), life).then(write);
    return {
      durable: true,
      all: async () => [...disk.values()],
      put: (item) => written(() => void disk.set(item.id, item)),
      remove: (ids) =>
        written(() => {
          for (const id of ids) disk.delete(id);
        }),
    };
  }

  private api(life: Life): Api {
    const { name, parts } = this;
    const command: Api["command"] = async (envelope, timeoutMs = 10_000) => {
      const raw: unknown = structuredClone(envelope);
      const answer = await this.wire.ask(() => parts.server.command(raw, name), timeoutMs, life);
      const read = commandAnswer.safeParse(answer);
      if (read.success) return { ok: true, value: read.data };
      return { ok: false, failure: { status: 0, code: "OFFLINE" } };
    };
    return { command } as Api;
  }

  private watch(stores: Stores): void {
    const { compare, witness } = this.parts;
    const compareIfDue = (): void => {
      if (this.toCompare && this.stores === stores && compare(this)) this.toCompare = false;
    };
    stores.connection.subscribe(({ connection: now }, { connection: before }) => {
      if (now.kind === before.kind) return;
      this.toCompare = now.kind === "live";
      if (now.kind !== "live") return;
      this.liveSince = this.parts.time.now;
    });
    stores.records.subscribe(({ maps, cursor }, { maps: mapsBefore, cursor: before }) => {
      if (maps.incident !== mapsBefore.incident) this.noteShown(stores);
      if (cursor && before && cursor.seq < before.seq)
        witness.problem(`INV-10 ${this.name}: the cursor fell from ${before.seq} to ${cursor.seq}`);
      // After the link has said that it is in step again.
      queueMicrotask(compareIfDue);
    });
  }

  private noteShown(stores: Stores): void {
    for (const { dto } of stores.records.getState().maps.incident.values())
      for (const id of (dto as { commandIds?: readonly string[] }).commandIds ?? [])
        this.shown.add(id);
  }

  /** No patch or heartbeat moves the cursor over something that was not heard. */
  private readonly observe = (event: string, body: unknown, takeIn: () => void): void => {
    const { records } = this.stores;
    const before = records.getState().cursor;
    takeIn();
    const after = records.getState().cursor;
    if ((event !== "patch" && event !== "hb") || after === before) return;
    const { from } = body as { readonly from: number };
    if (before === null || from > before.seq)
      this.parts.witness.problem(`INV-10 ${this.name} applied ${event} over a gap`);
  };
}
