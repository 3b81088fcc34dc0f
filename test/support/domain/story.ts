import { type Actor, actorId, actorOf, SYSTEM } from "../../../shared/domain/authority/actor.ts";
import type { Audience } from "../../../shared/domain/authority/audience.ts";
import { decide } from "../../../shared/domain/decide.ts";
import type { EntityMap } from "../../../shared/domain/entities.ts";
import { type Deadline, deadlineCommandId } from "../../../shared/domain/kernel/clock.ts";
import type { DomainEvent, EventMeta, Occurred } from "../../../shared/domain/kernel/event.ts";
import type { EntityType, Ref } from "../../../shared/domain/kernel/ref.ts";
import type { Decision, Refusal } from "../../../shared/domain/kernel/refusal.ts";
import type { AnyRecord } from "../../../shared/domain/kernel/state.ts";
import { moduleOf } from "../../../shared/domain/modules.ts";
import { type Dto, projectDto } from "../../../shared/domain/project.ts";
import { RAISE_CLOCK } from "../../../shared/domain/raise-clock.ts";
import { World } from "./world.ts";

/** 2026-03-02 09:00 in Shanghai, a Monday. */
export const MONDAY_9_00 = Date.UTC(2026, 2, 2, 1);

export interface When {
  /** Officer who acts, or `system`. */
  readonly by: string;
  readonly kind: string;
  readonly ref: Ref;
  readonly payload?: Readonly<Record<string, unknown>>;
  readonly rev?: number;
  /** Of the command; counted up unless given. */
  readonly id?: string;
  /** An SOS without a session that is valid now. */
  readonly unverified?: true;
  /** When the reported fact happened; now unless given. */
  readonly occurred?: Occurred;
}

/**
 * given / when / then over the real decide and the real fold, one commit per command. A fresh story
 * per test: it holds the state, the time and the next `seq`, and nothing is random.
 */
export class Story {
  readonly state = new World();
  now = MONDAY_9_00;
  #seq = 0;

  constructor(records: readonly AnyRecord[]) {
    this.state.put(...records);
  }

  /** Time passes; no clock is looked at. */
  pass(ms: number): this {
    this.now += ms;
    return this;
  }

  /** Events that lie in the log already. */
  given(...events: readonly DomainEvent[]): this {
    this.#commit(events, "given", { earliest: this.now, latest: this.now });
    return this;
  }

  /** Decides one command and, when accepted, folds its events. */
  when(command: When): Decision<DomainEvent> {
    const actor: Actor =
      command.by === "system" ? SYSTEM : (actorOf(this.state, command.by) ?? unknown(command.by));
    const occurred = command.occurred ?? { earliest: this.now, latest: this.now };
    const id = command.id ?? `c${this.#seq + 1}-${command.kind}`;
    const decision = decide(
      this.state,
      {
        id,
        kind: command.kind,
        ref: command.ref,
        payload: command.payload ?? {},
        ...(command.rev === undefined ? {} : { rev: command.rev }),
        knownSeq: this.#seq,
        ...(command.unverified ? { unverified: true } : {}),
      },
      { actor, now: this.now, occurred },
    );
    if (decision.ok) this.#commit(decision.events, actorId(actor), occurred, id);
    return decision;
  }

  /** Like `when`, for a command that must be accepted. */
  accepted(command: When): readonly DomainEvent[] {
    const decision = this.when(command);
    if (!decision.ok) {
      throw new Error(`${command.kind} was refused: ${JSON.stringify(decision.refusal)}`);
    }
    return decision.events;
  }

  /** Like `when`, for a command that must be refused. */
  refused(command: When): Refusal {
    const decision = this.when(command);
    if (decision.ok) throw new Error(`${command.kind} was accepted`);
    return decision.refusal;
  }

  /** Raises, in order, every clock level that is due by now, as the server's scan does. */
  raiseDue(): DomainEvent[] {
    const raised: DomainEvent[] = [];
    for (let due = this.#firstDue(); due; due = this.#firstDue()) {
      const { ref, clock, startSeq, level } = due;
      raised.push(
        ...this.accepted({
          by: "system",
          kind: RAISE_CLOCK,
          ref,
          payload: { clock, startSeq, level, id: deadlineCommandId(due) },
        }),
      );
    }
    return raised;
  }

  /** Time passes and every level is raised at its own time. */
  passRaising(ms: number): DomainEvent[] {
    const until = this.now + ms;
    const raised: DomainEvent[] = [];
    for (;;) {
      const next = this.deadlines()[0];
      if (!next || next.at > until) break;
      this.now = Math.max(this.now, next.at);
      raised.push(...this.raiseDue());
    }
    this.now = until;
    return raised;
  }

  deadlines(): Deadline[] {
    return this.state
      .everything()
      .flatMap((record) => moduleOf(record.type).deadlines(record as never, this.state))
      .sort((a, b) => a.at - b.at);
  }

  /** The record, which must exist. */
  the<K extends EntityType>(type: K, id: string): EntityMap[K] {
    const record = this.state.get(type, id);
    if (!record) throw new Error(`there is no ${type} ${id}`);
    return record;
  }

  /** What each view may see of the record: audience by view key. */
  views(type: EntityType, id: string): Record<string, Audience> {
    const entries = moduleOf(type).audiences(this.the(type, id) as never, this.state);
    return Object.fromEntries(entries.map(({ view, audience }) => [view, audience]));
  }

  dto(type: EntityType, id: string, audience: Audience): Dto {
    return projectDto(this.the(type, id), this.state, audience);
  }

  #firstDue(): Deadline | undefined {
    const first = this.deadlines()[0];
    return first && first.at <= this.now ? first : undefined;
  }

  #commit(events: readonly DomainEvent[], by: string, occurred: Occurred, commandId = "given") {
    this.#seq += 1;
    const meta: EventMeta = {
      seq: this.#seq,
      at: this.now,
      commandId,
      by,
      receivedAt: this.now,
      occurred,
    };
    for (const event of events) this.state.fold(event, meta);
  }
}

function unknown(officerId: string): never {
  throw new Error(`no officer ${officerId} in this province`);
}
