import { tierPathOf } from "../../shared/domain/authority/relation.ts";
import type { StateReader } from "../../shared/domain/kernel/state.ts";
import type { ObserverBody } from "../../shared/domain/observer/state.ts";
import { shortNameOf } from "../../shared/domain/officer/short-name.ts";
import { parseCommitBody, type RecordedCommand } from "../log/commit-body.ts";
import type { LogStore } from "../log/log-store.ts";
import type { Vault } from "../vault/vault.ts";

export interface WatchBookDeps {
  readonly access: LogStore;
  readonly world: StateReader;
  readonly vault: Pick<Vault, "getTexts">;
}

/** One look at the court from outside it, as the court itself reads it. */
export interface Watched {
  readonly at: number;
  /** REVEAL, UPWARD_LOOK: a person's data, a person's record; TRACK: where officers were; OBSERVER: a visit. */
  readonly kind: "REVEAL" | "REVEAL_REFUSED" | "UPWARD_LOOK" | "TRACK" | "OBSERVER";
  /** Court of whoever looked; of a visit the one that invited. */
  readonly byCourtId: string;
  readonly byCourt: string;
  /** Surname and title; of a visit the body that came. */
  readonly by: string;
  readonly field: string;
  /** Record or person that was looked at; of a visit the seat. */
  readonly subject: string;
  readonly reason?: string;
  readonly body?: ObserverBody;
  /** Of a visit; absent while it lasts, or where its end was never recorded. */
  readonly until?: number;
}

interface Look {
  readonly at: number;
  readonly kind: Watched["kind"];
  readonly by: string;
  readonly session: string;
  readonly byCourtId: string;
  readonly watchedCourtId: string;
  readonly field: string;
  readonly subject: string;
  readonly reasonId?: string;
  readonly until?: number;
  /** Of a visit: servers on which its sockets are open, as far as the stream says. */
  readonly openOn?: ReadonlySet<string>;
}

/** What the board has at hand of one court. A visitor who comes and goes pushes no look out. */
interface Shelf {
  readonly looks: Look[];
  readonly visits: Look[];
}

const READ_CHUNK = 500;
/** The stream itself keeps everything; so many looks, and visits, of one court are at hand. */
const MOST_OF_COURT = 2_000;

/**
 * 谁查看过本院: the access stream read once and then from where it was left, for the looks at one
 * court that came from above it, and the visits of observers that took it in.
 */
export class WatchBook {
  private readonly shelves = new Map<string, Shelf>();
  private readTo = -1;
  private readonly dropped = new Map<string, number>();
  private reading: Promise<void> = Promise.resolve();
  private readonly deps: WatchBookDeps;

  constructor(deps: WatchBookDeps) {
    this.deps = deps;
  }

  /** Newest first. `total` counts those that are not in the answer too. */
  async of(
    courtId: string,
    { since, limit }: { readonly since: number; readonly limit: number },
  ): Promise<{ readonly looks: readonly Watched[]; readonly total: number; dropped: number }> {
    const read = this.reading.then(() => this.catchUp());
    this.reading = read.catch(() => undefined);
    await read;
    const path = tierPathOf(this.deps.world, courtId);
    const found = path
      .flatMap((id) => this.atHand(id, id === courtId))
      .filter((look) => (look.until ?? look.at) >= since && this.concerns(look, courtId))
      .sort((a, b) => a.at - b.at);
    const shown = found.slice(-limit).reverse();
    const reasons = await this.deps.vault.getTexts(shown.flatMap(({ reasonId }) => reasonId ?? []));
    const looks = shown.map((look) => this.told(look, reasons));
    return { looks, total: found.length, dropped: this.dropped.get(courtId) ?? 0 };
  }

  /** Of a court above only visits, and the past of everybody, can concern it. */
  private atHand(courtId: string, isOwn: boolean): readonly Look[] {
    const { looks = [], visits = [] } = this.shelves.get(courtId) ?? {};
    return isOwn ? [...looks, ...visits] : [...looks.filter(isReplay), ...visits];
  }

  private async catchUp(): Promise<void> {
    for (;;) {
      const commits = await this.deps.access.read(this.readTo, READ_CHUNK);
      for (const { seq, body } of commits) {
        this.readTo = seq;
        const parsed = parseCommitBody(body);
        if (parsed.ok)
          for (const command of parsed.body.commands) this.take(command, parsed.body.node);
      }
      if (commits.length < READ_CHUNK) return;
    }
  }

  private take(command: RecordedCommand, node: string): void {
    const entry = entryOf(command);
    const watchedCourtId = textOf(entry.watchedCourtId);
    if (watchedCourtId === "") return;
    if (entry.kind === "OBSERVE_END") this.end(watchedCourtId, command, node);
    const kind = KINDS[textOf(entry.kind)];
    const isInside = command.court === watchedCourtId && textOf(entry.field) !== "replay";
    if (!kind || (kind !== "OBSERVER" && isInside)) return;
    const { reason } = entry as { readonly reason?: { readonly id?: unknown } };
    const reasonId = textOf(reason?.id);
    const look: Look = {
      at: command.receivedAt,
      kind,
      by: command.actor,
      session: command.session,
      byCourtId: command.court,
      watchedCourtId,
      field: textOf(entry.field),
      subject: textOf(entry.subject),
      ...(reasonId ? { reasonId } : {}),
    };
    if (kind === "OBSERVER") this.begin(look, node);
    else this.put(this.shelfOf(watchedCourtId).looks, look);
  }

  private shelfOf(courtId: string): Shelf {
    const shelf = this.shelves.get(courtId) ?? { looks: [], visits: [] };
    this.shelves.set(courtId, shelf);
    return shelf;
  }

  private put(list: Look[], look: Look): void {
    list.push(look);
    if (list.length <= MOST_OF_COURT) return;
    const { watchedCourtId } = look;
    this.dropped.set(watchedCourtId, (this.dropped.get(watchedCourtId) ?? 0) + 1);
    list.shift();
  }

  /** One session is one visit, however often its line breaks. */
  private begin(look: Look, node: string): void {
    const { visits } = this.shelfOf(look.watchedCourtId);
    const at = visits.findLastIndex(isOfSession(look));
    const known = visits[at];
    if (!known) {
      this.put(visits, { ...look, openOn: new Set([node]) });
      return;
    }
    const { until: _until, ...goesOn } = known;
    visits[at] = { ...goesOn, openOn: new Set([...(known.openOn ?? []), node]) };
  }

  private end(
    courtId: string,
    { session, actor, receivedAt }: RecordedCommand,
    node: string,
  ): void {
    const { visits } = this.shelfOf(courtId);
    const at = visits.findLastIndex(isOfSession({ session, by: actor }));
    const begun = visits[at];
    if (!begun) return;
    const openOn = new Set([...(begun.openOn ?? [])].filter((each) => each !== node));
    visits[at] = { ...begun, openOn, ...(openOn.size === 0 ? { until: receivedAt } : {}) };
  }

  /**
   * A visit to a court, and the past of everybody of it, take in those below it; a visit to an
   * operation, the court whose it is.
   */
  private concerns(look: Look, courtId: string): boolean {
    if (look.watchedCourtId === courtId) return look.byCourtId !== courtId || isVisit(look);
    if (isReplay(look)) {
      const path = tierPathOf(this.deps.world, courtId);
      return path.includes(look.watchedCourtId) && look.byCourtId !== courtId;
    }
    if (look.kind !== "OBSERVER") return false;
    const { world } = this.deps;
    if (look.field === "COURT") return tierPathOf(world, courtId).includes(look.watchedCourtId);
    return world.get("operation", look.field)?.courtId === courtId;
  }

  private told(look: Look, reasons: ReadonlyMap<string, string>): Watched {
    const { world } = this.deps;
    const seat = look.kind === "OBSERVER" ? world.get("observer", look.by) : undefined;
    const reason = look.reasonId === undefined ? undefined : reasons.get(look.reasonId);
    return {
      at: look.at,
      kind: look.kind,
      byCourtId: look.byCourtId,
      byCourt: world.get("court", look.byCourtId)?.name ?? look.byCourtId,
      by: seat?.organisation ?? shortNameOf(world, look.by) ?? look.by,
      field: look.field,
      subject: look.subject,
      ...(reason ? { reason } : {}),
      ...(seat ? { body: seat.body } : {}),
      ...(look.until === undefined ? {} : { until: look.until }),
    };
  }
}

const isOfSession =
  ({ session, by }: Pick<Look, "session" | "by">) =>
  (look: Look): boolean =>
    look.session === session && look.by === by;

const isReplay = ({ field }: Look): boolean => field === "replay";

const isVisit = ({ kind }: Look): boolean => kind === "OBSERVER";

const KINDS: Readonly<Record<string, Watched["kind"]>> = {
  REVEAL: "REVEAL",
  REVEAL_REFUSED: "REVEAL_REFUSED",
  UPWARD_LOOK: "UPWARD_LOOK",
  TRACK: "TRACK",
  TRACK_REFUSED: "REVEAL_REFUSED",
  OBSERVE_START: "OBSERVER",
};

const entryOf = ({ events }: RecordedCommand): Readonly<Record<string, unknown>> => {
  const data = events[0]?.data;
  return typeof data === "object" && data !== null ? (data as Record<string, unknown>) : {};
};

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");
