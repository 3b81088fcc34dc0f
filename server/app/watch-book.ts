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
  /** REVEAL and UPWARD_LOOK: a person's data, a person's record; OBSERVER: a visit. */
  readonly kind: "REVEAL" | "REVEAL_REFUSED" | "UPWARD_LOOK" | "OBSERVER";
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
}

const READ_CHUNK = 500;
/** The stream itself keeps everything; so many looks are at hand for the board. */
const MOST_LOOKS = 20_000;

/**
 * 谁查看过本院: the access stream read once and then from where it was left, for the looks at one
 * court that came from above it, and the visits of observers that took it in.
 */
export class WatchBook {
  private looks: Look[] = [];
  private readTo = -1;
  private dropped = 0;
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
    const found = this.looks.filter((look) => look.at >= since && this.concerns(look, courtId));
    const shown = found.slice(-limit).reverse();
    const reasons = await this.deps.vault.getTexts(shown.flatMap(({ reasonId }) => reasonId ?? []));
    const looks = shown.map((look) => this.told(look, reasons));
    return { looks, total: found.length, dropped: this.dropped };
  }

  private async catchUp(): Promise<void> {
    for (;;) {
      const commits = await this.deps.access.read(this.readTo, READ_CHUNK);
      for (const { seq, body } of commits) {
        this.readTo = seq;
        const parsed = parseCommitBody(body);
        if (parsed.ok) for (const command of parsed.body.commands) this.take(command);
      }
      if (commits.length < READ_CHUNK) return;
    }
  }

  private take(command: RecordedCommand): void {
    const entry = entryOf(command);
    const watchedCourtId = textOf(entry.watchedCourtId);
    if (watchedCourtId === "") return;
    if (entry.kind === "OBSERVE_END") this.end(command);
    const kind = KINDS[textOf(entry.kind)];
    if (!kind || (kind !== "OBSERVER" && command.court === watchedCourtId)) return;
    const { reason } = entry as { readonly reason?: { readonly id?: unknown } };
    const reasonId = textOf(reason?.id);
    this.looks.push({
      at: command.receivedAt,
      kind,
      by: command.actor,
      session: command.session,
      byCourtId: command.court,
      watchedCourtId,
      field: textOf(entry.field),
      subject: textOf(entry.subject),
      ...(reasonId ? { reasonId } : {}),
    });
    if (this.looks.length <= MOST_LOOKS) return;
    this.dropped += 1;
    this.looks.shift();
  }

  private end({ session, receivedAt }: RecordedCommand): void {
    const at = this.looks.findLastIndex((look) => look.session === session && !look.until);
    const begun = this.looks[at];
    if (begun) this.looks[at] = { ...begun, until: receivedAt };
  }

  /** A visit to a court takes in those below it; one to an operation, the court whose it is. */
  private concerns(look: Look, courtId: string): boolean {
    if (look.watchedCourtId === courtId) return true;
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

const KINDS: Readonly<Record<string, Watched["kind"]>> = {
  REVEAL: "REVEAL",
  REVEAL_REFUSED: "REVEAL_REFUSED",
  UPWARD_LOOK: "UPWARD_LOOK",
  OBSERVE_START: "OBSERVER",
};

const entryOf = ({ events }: RecordedCommand): Readonly<Record<string, unknown>> => {
  const data = events[0]?.data;
  return typeof data === "object" && data !== null ? (data as Record<string, unknown>) : {};
};

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");
