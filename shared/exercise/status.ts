import type { ExerciseStatus } from "../wire/exercise.ts";
import type { Done, Instance, Progress } from "./progress.ts";
import { seatsNamed } from "./scenario.ts";
import {
  debrief,
  dueAt,
  type Measured,
  type Pace,
  type People,
  type Turn,
  turnOf,
} from "./timing.ts";

/** Begins the id of every command of the simulator in an exercise. */
export const SIMULATED_PREFIX = "exsim-";

export interface StatusPorts {
  readonly progress: Progress;
  readonly pace: Pace;
  readonly people: People;
  readonly now: number;
  readonly seq: number;
  readonly run: string;
  readonly deployment: string;
  /** Name, title and court of an officer, as the log has them. */
  readonly officer: (id: string) => { name: string; title: string; court: string };
}

type Doer = NonNullable<ExerciseStatus["targets"][number]["by"]>;

export function statusOf(ports: StatusPorts): ExerciseStatus {
  const { progress, pace, now } = ports;
  const { scenario, end } = progress;
  const turns = progress.all().map((instance) => ({
    instance,
    turn: turnOf(progress, instance, pace, ports.people, now),
  }));
  const { id, title, about } = scenario;
  return {
    scenario: { id, title, about },
    deployment: ports.deployment,
    speed: pace.speed,
    at: now,
    seq: ports.seq,
    startedAt: pace.startedAt,
    ...(end ? { endedAt: end.at } : {}),
    run: ports.run,
    ids: idsOf(progress),
    records: recordsOf(progress),
    seats: seatsOf(ports),
    phases: scenario.phases,
    steps: stepsOf(ports, turns),
    turns: turns.flatMap(({ instance, turn }) =>
      turn.state === "SIMULATED" ? [{ step: instance.step.id, seat: instance.seat }] : [],
    ),
    injects: injectsOf(ports),
    targets: debrief(progress, pace, now).map((measured) => targetOf(measured, ports)),
  };
}

function idsOf({ scenario, players, names }: Progress): ExerciseStatus["ids"] {
  const { officerOf, courtOf, unitOf } = names;
  const ids = (keys: readonly string[], of: (key: string) => string) =>
    Object.fromEntries(keys.map((key) => [key, of(key)]));
  return {
    officers: ids(
      players.map(({ seat }) => seat),
      officerOf,
    ),
    courts: ids(Object.keys(scenario.courts), courtOf),
    units: ids(Object.keys(scenario.units), unitOf),
  };
}

function recordsOf({ scenario, names }: Progress): Record<string, string> {
  const known = scenario.steps.flatMap(({ record }) => {
    const id = record === "$self" ? undefined : names.recordOf(record);
    return id === undefined ? [] : [[record, id] as const];
  });
  return Object.fromEntries(known);
}

function seatsOf({ progress, people, officer }: StatusPorts): ExerciseStatus["seats"] {
  return progress.players.flatMap(({ seat, member }) => {
    if (member.extra) return [];
    const officerId = progress.names.officerOf(seat);
    const { name, court } = officer(officerId);
    const person = people.has(officerId);
    const { face, title } = member;
    return [{ seat, login: seat, face, name, title, court, officerId, person }];
  });
}

interface Turned {
  readonly instance: Instance;
  readonly turn: Turn;
}

/** What of several people's turns is shown: whom one waits for first. */
const FIRST: readonly Turn["state"][] = ["WAITS", "SIMULATED", "COMING", "BLOCKED", "LEFT_OUT"];

function stepsOf(ports: StatusPorts, turns: readonly Turned[]): ExerciseStatus["steps"] {
  return ports.progress.scenario.steps.map((step) => {
    const mine = turns.filter(({ instance }) => instance.step.id === step.id);
    const open = mine.filter(({ turn }) => turn.state !== "DONE");
    const state = FIRST.find((each) => open.some(({ turn }) => turn.state === each)) ?? "DONE";
    const shown = open.find(({ turn }) => turn.state === state)?.turn;
    const done = ports.progress.doneOf(step.id);
    return {
      id: step.id,
      phase: step.phase,
      title: step.title,
      seats: seatsShown(ports.progress, step.seat),
      done: mine.length - open.length,
      of: mine.length,
      state,
      ...timesOf(shown, done),
      ...(done ? { by: doerOf(done, ports) } : {}),
    };
  });
}

function timesOf(turn: Turn | undefined, done: Done | undefined) {
  if (done) return { at: done.at };
  const due = turn && "dueAt" in turn ? { at: turn.dueAt } : {};
  return turn?.state === "WAITS" ? { ...due, patienceUntil: turn.patienceUntil } : due;
}

/** Those in numbers are named once. */
function seatsShown({ scenario, players }: Progress, named: string): string[] {
  const seats = seatsNamed(scenario, named);
  return players.flatMap(({ seat, member }) =>
    seats.includes(seat) && !member.extra ? [seat] : [],
  );
}

function injectsOf({ progress, pace, now }: StatusPorts): ExerciseStatus["injects"] {
  return progress.scenario.injects
    .flatMap((inject) => {
      const at = dueAt(progress, inject, pace);
      const { id, to, text } = inject;
      return at === undefined || at > now ? [] : [{ id, to, text, at }];
    })
    .sort((a, b) => a.at - b.at);
}

function targetOf(
  { target, verdict, tookS, from, to }: Measured,
  ports: StatusPorts,
): ExerciseStatus["targets"][number] {
  const { id, title, targetS } = target;
  const step = ports.progress.scenario.steps.find((each) => each.id === target.to);
  return {
    id,
    title,
    targetS,
    verdict,
    ...(tookS === undefined ? {} : { tookS }),
    ...(from ? { fromAt: from.at } : {}),
    ...(to
      ? { toAt: to.at, by: doerOf(to, ports) }
      : { awaited: step ? seatsShown(ports.progress, step.seat) : [] }),
  };
}

const doerOf = ({ by, commandId }: Done, { officer }: StatusPorts): Doer => ({
  ...officer(by),
  simulated: commandId.startsWith(SIMULATED_PREFIX),
});
