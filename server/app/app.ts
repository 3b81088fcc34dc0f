import { createHash } from "node:crypto";
import { SYSTEM_ID } from "../../shared/domain/authority/actor.ts";
import type { ViewKey } from "../../shared/domain/authority/audience.ts";
import type { Ref } from "../../shared/domain/kernel/ref.ts";
import type { Refusal } from "../../shared/domain/kernel/refusal.ts";
import { getRef, type StateReader } from "../../shared/domain/kernel/state.ts";
import { isEntityType } from "../../shared/domain/modules.ts";
import type { Dto } from "../../shared/domain/project.ts";
import { refusalText } from "../../shared/domain/refusal-text.ts";
import { canonicalJson } from "../../shared/wire/canonical-json.ts";
import type { CommandAnswer } from "../../shared/wire/command.ts";
import type { Cursor, Hello, PutRecord, StoreMode } from "../../shared/wire/live.ts";
import type { LogStore } from "../log/log-store.ts";
import type { Vault } from "../vault/vault.ts";
import type { AccessLog } from "./access-log.ts";
import {
  type AccessEntry,
  type App,
  type Origin,
  StoreUnavailable,
  type SystemCommand,
  type TimelineEntry,
} from "./api.ts";
import type { Clock } from "./clock.ts";
import type { Emergency } from "./emergency.ts";
import type { Executor } from "./execute.ts";
import type { Outcome, PreparedCommand } from "./pending.ts";
import { prepare } from "./prepare.ts";
import { audienceFor, audiencesOf, isLive, Projector } from "./projector.ts";
import type { Replica } from "./replica.ts";
import type { Texts } from "./texts.ts";
import { timelineOf } from "./timeline.ts";

export interface AppDeps {
  readonly deployment: { readonly name: string; readonly mode: Hello["mode"] };
  readonly clock: Clock;
  readonly log: LogStore;
  readonly vault: Vault;
  readonly replica: Replica;
  readonly executor: Executor;
  readonly emergency: Emergency;
  readonly projector: Projector;
  readonly texts: Texts;
  readonly accessLog: AccessLog;
  readonly storeMode: () => StoreMode;
  readonly onAnswer?: (outcome: CommandAnswer["outcome"]) => void;
}

/** A look has nobody who repairs it, as a screen has: half an answer would pass for a whole one. */
const NO_TEXTS = "the texts of records cannot be read now";

/** The application as the edge sees it: nothing here owns a connection, a timer or a store. */
export class CommandApp implements App {
  readonly deployment: AppDeps["deployment"];
  private readonly deps: AppDeps;

  constructor(deps: AppDeps) {
    this.deps = deps;
    this.deployment = deps.deployment;
  }

  get world(): StateReader {
    return this.deps.replica.world;
  }

  tail(): Cursor {
    return { seq: this.deps.replica.tail.seq, hash8: this.deps.replica.hash8() };
  }

  storeMode(): StoreMode {
    return this.deps.storeMode();
  }

  async command(raw: unknown, from: Origin): Promise<CommandAnswer> {
    const { clock, vault, texts } = this.deps;
    const prepared = await prepare(raw, from, clock.now(), { world: this.world, vault, texts });
    if (!prepared.ok) return this.refused(prepared.id, prepared.refusal);
    return this.answer(prepared.prepared.command.id, await this.submit(prepared.prepared));
  }

  async systemCommand({ id, kind, ref, payload, elapsed }: SystemCommand): Promise<CommandAnswer> {
    const receivedAt = this.deps.clock.now();
    const outcome = await this.submit({
      command: { id, kind, ref, payload, knownSeq: 0, ...(elapsed ? { elapsed } : {}) },
      actor: SYSTEM_ID,
      session: SYSTEM_ID,
      knownAt: 0,
      receivedAt,
      occurred: { earliest: receivedAt, latest: receivedAt },
      payloadHash: createHash("sha256").update(canonicalJson({ kind, ref, payload })).digest("hex"),
    });
    return this.answer(id, outcome);
  }

  async record(view: ViewKey, ref: Ref): Promise<Dto | undefined> {
    const { emergency, texts } = this.deps;
    // A call for help that only the emergency journal holds can be looked at too.
    const { state } = emergency;
    const projector = new Projector(state, texts);
    const record = getRef(state, ref);
    const audience = record && audienceFor(view, audiencesOf(record, state));
    if (!record || !audience) return undefined;
    const dto = projector.project(record, audience);
    if (!(await projector.load([{ dto, audience }]))) throw new StoreUnavailable(NO_TEXTS);
    return projector.put(record, audience, dto).dto;
  }

  async records(
    view: ViewKey,
    type: string,
    options: { closed: boolean; limit: number },
  ): Promise<PutRecord[]> {
    if (!isEntityType(type)) return [];
    const { projector } = this.deps;
    const found = [...this.world.all(type)]
      .filter((record) => isLive(record) !== options.closed)
      .sort((a, b) => b.updatedAt - a.updatedAt)
      .flatMap((record) => {
        const audience = audienceFor(view, audiencesOf(record, this.world));
        return audience ? [{ record, audience }] : [];
      })
      .slice(0, options.limit)
      .map((item) => ({ ...item, dto: projector.project(item.record, item.audience) }));
    if (!(await projector.load(found))) throw new StoreUnavailable(NO_TEXTS);
    return found.map(({ record, audience, dto }) => projector.put(record, audience, dto));
  }

  timeline(view: ViewKey, ref: Ref): Promise<TimelineEntry[] | undefined> {
    return timelineOf(view, ref, this.deps);
  }

  access(entry: AccessEntry): Promise<void> {
    return this.deps.accessLog.append(entry);
  }

  private submit(prepared: PreparedCommand): Promise<Outcome> {
    const { emergency, executor } = this.deps;
    const toLog = () => executor.submit(prepared);
    return emergency.takes(prepared) ? emergency.submit(prepared, toLog) : toLog();
  }

  private answer(id: string, result: Outcome): CommandAnswer {
    if (!result.ok) return this.refused(id, result.refusal, result);
    const outcome = result.journalled ? "JOURNALLED" : "ACCEPTED";
    this.deps.onAnswer?.(outcome);
    return { id, outcome, seq: result.seq, hash8: result.hash8, at: result.at };
  }

  private refused(
    id: string,
    why: Refusal,
    at: { seq: number; hash8: string } = this.tail(),
  ): CommandAnswer {
    const { code, ruleId, params, from, until } = why;
    this.deps.onAnswer?.("REFUSED");
    return {
      id,
      outcome: "REFUSED",
      seq: at.seq,
      hash8: at.hash8,
      refusal: {
        code,
        ...(ruleId === undefined ? {} : { ruleId }),
        ...(params === undefined ? {} : { params: { ...params } }),
        ...(from === undefined ? {} : { from }),
        ...(until === undefined ? {} : { until }),
        message: refusalText(why),
      },
    };
  }
}
