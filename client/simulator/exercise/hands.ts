import { fill } from "../../../shared/exercise/fill.ts";
import {
  type Player,
  recordTypeOf,
  type Scenario,
  type ScenarioStep,
} from "../../../shared/exercise/scenario.ts";
import { SIMULATED_PREFIX } from "../../../shared/exercise/status.ts";
import type { CommandEnvelope } from "../../../shared/wire/command.ts";
import type { ExerciseStatus } from "../../../shared/wire/exercise.ts";
import type { Delivery } from "../../link/roads.ts";
import type { Platform } from "../../store/platform.ts";
import type { Tally } from "../tally.ts";
import type { SeatVoice } from "./seat-voice.ts";

export interface Seated {
  readonly voice: SeatVoice;
  readonly officerId: string;
  readonly player: Player;
}

export interface HandsPorts {
  readonly scenario: Scenario;
  readonly platform: Platform;
  readonly tally: Tally;
  readonly seats: ReadonlyMap<string, Seated>;
  readonly say: (line: string) => void;
  readonly status: () => ExerciseStatus | undefined;
}

/** Carries out what a simulated seat has to do. */
export interface Hands {
  /** Whether nobody has begun with it within the last while; from now on somebody has. */
  begin(stepId: string, seat: string, whileMs: number): boolean;
  carryOut(stepId: string, seat: string): void;
  /** Beside the scenario: what anybody at that seat would do. */
  free(
    officerId: string,
    kind: string,
    ref: CommandEnvelope["ref"],
    payload: Readonly<Record<string, unknown>>,
  ): void;
}

type Said = Pick<CommandEnvelope, "id" | "kind" | "ref" | "payload">;

export function createHands(ports: HandsPorts): Hands {
  const { scenario, platform, seats, status } = ports;
  const stepOf = new Map(scenario.steps.map((step) => [step.id, step]));
  const begun = new Map<string, number>();
  let tries = 0;
  return {
    begin(stepId, seat, whileMs) {
      const key = `${stepId}/${seat}`;
      const now = platform.monoMs();
      if ((begun.get(key) ?? Number.NEGATIVE_INFINITY) > now - whileMs) return false;
      begun.set(key, now);
      return true;
    },
    carryOut(stepId, name) {
      const now = status();
      const step = stepOf.get(stepId);
      const seat = seats.get(name);
      if (!now || !step || !seat) return;
      tries += 1;
      const said = commandOf(step, seat, now, `${now.run}-${stepId}-${name}-${tries}`, scenario);
      // Never rejects: every road answers.
      void hand(said, seat, ports, step);
    },
    free(officerId, kind, ref, payload) {
      const seat = [...seats.values()].find((each) => each.officerId === officerId);
      const now = status();
      const isPerson = now?.seats.some((each) => each.person && each.officerId === officerId);
      if (!seat || !now || isPerson || now.endedAt !== undefined) return;
      const id = `${SIMULATED_PREFIX}${platform.newId()}`;
      void hand({ id, kind, ref, payload: { ...payload } }, seat, ports);
    },
  };
}

/** The identity of whom it names first, then the command. */
async function hand(
  said: Said,
  { voice, player }: Seated,
  { scenario, platform, tally, say, status }: HandsPorts,
  step?: ScenarioStep,
): Promise<void> {
  for (const key of step?.subjects ?? []) {
    const subject = scenario.subjects[key];
    if (!subject) continue;
    const { name, address } = subject.identity;
    await voice.api.putSubject(
      subject.ref.id,
      address === undefined ? { name } : { name, address },
    );
  }
  const now = status();
  tally.command(said.kind, "sent");
  const delivery = await voice.deliver({
    ...said,
    // What this seat knows is what the exercise's status told: the log up to that commit.
    knownSeq: Math.max(0, now?.seq ?? 0),
    knownAt: now?.at ?? 0,
    deviceAt: Math.round(platform.wallMs()),
  });
  const code = codeOf(delivery);
  tally.command(said.kind, code === undefined ? "accepted" : "refused");
  if (code === undefined) return;
  tally.refusal(said.kind, code);
  say(`${player.seat}: ${said.kind}: ${code}`);
}

function codeOf(delivery: Delivery): string | undefined {
  if (delivery.kind !== "answer") return delivery.failure.code;
  const { outcome, refusal } = delivery.answer;
  return outcome === "REFUSED" ? (refusal?.code ?? "UNKNOWN") : undefined;
}

function commandOf(
  step: ScenarioStep,
  { officerId, player }: Seated,
  now: ExerciseStatus,
  id: string,
  scenario: Scenario,
): Said {
  const { officers, courts, units } = now.ids;
  const known = (ids: Readonly<Record<string, string>>) => (name: string) => ids[name] ?? name;
  const names = {
    officerOf: known(officers),
    courtOf: known(courts),
    unitOf: known(units),
    recordOf: (name: string) => now.records[name],
  };
  const me = { officerId, courtId: names.courtOf(player.member.court) };
  const record =
    step.record === "$self"
      ? officerId
      : (now.records[step.record] ?? `ex-${now.run}-${step.record}`);
  return {
    id: `${SIMULATED_PREFIX}${id}`,
    kind: step.kind,
    ref: { type: recordTypeOf(step), id: record },
    payload: fill(step.payload, { scenario, names, me, nowMs: now.at }) as Record<string, unknown>,
  };
}
