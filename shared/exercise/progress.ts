/** Reads the steps of a scenario out of the log: which are done, when, and by whom. */
import { fill, type Names } from "./fill.ts";
import {
  type Player,
  playersOf,
  recordTypeOf,
  type Scenario,
  type ScenarioStep,
  seatsNamed,
} from "./scenario.ts";

/** A command of the log, as far as an exercise asks for it. */
export interface LoggedCommand {
  readonly id: string;
  readonly kind: string;
  readonly actor: string;
  readonly court: string;
  /** Server ms: when it was decided, or, for a report of fact, when it happened at the latest. */
  readonly at: number;
  readonly events: readonly {
    readonly type: string;
    readonly ref: { readonly type: string; readonly id: string };
    readonly data: unknown;
  }[];
}

export interface Done {
  readonly at: number;
  readonly by: string;
  readonly commandId: string;
}

/** One step of one person. */
export interface Instance {
  readonly step: ScenarioStep;
  readonly seat: string;
  readonly officerId: string;
  readonly courtId: string;
  readonly done?: Done;
}

/** Where people, courts and units of the scenario stand in the log. */
export type Standing = Omit<Names, "recordOf">;

/** Folded commit by commit; asked for the whole at any time. */
export class Progress {
  readonly scenario: Scenario;
  readonly players: readonly Player[];
  private readonly standing: Standing;
  private readonly instances: Instance[];
  private readonly bound = new Map<string, string>();
  private ended: Done | undefined;

  constructor(scenario: Scenario, standing: Standing) {
    this.scenario = scenario;
    this.standing = standing;
    this.players = playersOf(scenario);
    const memberOf = new Map(this.players.map(({ seat, member }) => [seat, member]));
    this.instances = scenario.steps.flatMap((step) =>
      seatsNamed(scenario, step.seat).map((seat) => ({
        step,
        seat,
        officerId: standing.officerOf(seat),
        courtId: standing.courtOf(memberOf.get(seat)?.court ?? ""),
      })),
    );
  }

  get names(): Names {
    return { ...this.standing, recordOf: (name) => this.bound.get(name) };
  }

  /** What ended the exercise. */
  get end(): Done | undefined {
    return this.ended;
  }

  all(): readonly Instance[] {
    return this.instances;
  }

  instancesOf(stepId: string): readonly Instance[] {
    return this.instances.filter(({ step }) => step.id === stepId);
  }

  /** The last of its instances, once all are done. */
  doneOf(stepId: string): Done | undefined {
    const dones = this.instancesOf(stepId).map(({ done }) => done);
    if (dones.length === 0 || dones.includes(undefined)) return undefined;
    return dones.reduce((last, done) => ((done?.at ?? 0) >= (last?.at ?? 0) ? done : last));
  }

  take(command: LoggedCommand): void {
    const done = { at: command.at, by: command.actor, commandId: command.id };
    let made = false;
    for (const [index, instance] of this.instances.entries()) {
      if (instance.done || instance.step.kind !== command.kind) continue;
      const fit = this.fits(instance, command);
      if (fit === undefined || (fit.makes !== undefined && made)) continue;
      if (fit.makes !== undefined) {
        made = true;
        this.bound.set(instance.step.record, fit.makes);
      }
      this.instances[index] = { ...instance, done };
    }
    this.ended ??= this.ends(command) ? done : undefined;
  }

  private ends({ kind, events }: LoggedCommand): boolean {
    return this.scenario.ends.some(
      (end) => end.kind === kind && events.some(({ ref }) => ref.id === this.bound.get(end.record)),
    );
  }

  /** `makes`: the record that the scenario knows from now on. */
  private fits(
    instance: Instance,
    { court, events }: LoggedCommand,
  ): { readonly makes?: string } | undefined {
    const { step, officerId, courtId } = instance;
    if (court !== courtId) return undefined;
    const type = recordTypeOf(step);
    const wanted = step.record === "$self" ? officerId : this.bound.get(step.record);
    if (wanted === undefined && !this.isMaker(step)) return undefined;
    const event = events.find(
      ({ ref, data }) =>
        ref.type === type &&
        (wanted === undefined ? this.isFree(ref.id) : ref.id === wanted) &&
        this.says(instance, data),
    );
    if (!event) return undefined;
    return wanted === undefined ? { makes: event.ref.id } : {};
  }

  /** Only the first step about a record brings it into being. */
  private isMaker({ id, record }: ScenarioStep): boolean {
    return this.scenario.steps.find((step) => step.record === record)?.id === id;
  }

  private isFree(id: string): boolean {
    return ![...this.bound.values()].includes(id);
  }

  private says({ step, officerId, courtId }: Instance, data: unknown): boolean {
    const filler = {
      scenario: this.scenario,
      names: this.names,
      me: { officerId, courtId },
      nowMs: 0,
    };
    return isWithin(fill(step.match ?? {}, filler), data);
  }
}

/** Everything that is wanted is there; a list stands for any one of its entries. */
function isWithin(wanted: unknown, found: unknown): boolean {
  if (Array.isArray(wanted)) return wanted.some((each) => isWithin(each, found));
  if (typeof wanted !== "object" || wanted === null) return wanted === found;
  if (typeof found !== "object" || found === null) return false;
  return Object.entries(wanted).every(([name, of]) =>
    isWithin(of, (found as Readonly<Record<string, unknown>>)[name]),
  );
}
