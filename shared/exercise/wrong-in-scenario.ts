import type { Scenario } from "./scenario.ts";

/** What no schema sees: names that nobody has, steps that wait for each other. */
export function wrongInScenario(scenario: Scenario): string[] {
  return [...doubles(scenario), ...strangers(scenario), ...circles(scenario)];
}

function doubles({ steps, injects, cast, targets }: Scenario): string[] {
  const lists: readonly [string, readonly string[]][] = [
    ["steps", [...steps, ...injects].map(({ id }) => id)],
    ["cast", cast.map(({ seat }) => seat)],
    ["targets", targets.map(({ id }) => id)],
  ];
  return lists.flatMap(([list, ids]) =>
    ids.filter((id, i) => ids.indexOf(id) !== i).map((id) => `${list}: ${id} stands twice`),
  );
}

interface Named {
  readonly where: string;
  readonly names: readonly string[];
  readonly known: ReadonlySet<string>;
}

function strangers(scenario: Scenario): string[] {
  return namesIn(scenario).flatMap(({ where, names, known }) =>
    names.filter((name) => !known.has(name)).map((name) => `${where}: there is no ${name}`),
  );
}

function namesIn(scenario: Scenario): Named[] {
  const { cast, groups, steps, injects, routes, targets, phases, courts, units } = scenario;
  const seats = new Set(cast.map(({ seat }) => seat));
  const seatsAndGroups = new Set([...seats, ...Object.keys(groups).map((name) => `@${name}`)]);
  const moments = new Set([...steps, ...injects].map(({ id }) => id));
  const stepIds = new Set(steps.map(({ id }) => id));
  const courtKeys = new Set(Object.keys(courts));
  const phaseIds = new Set(phases.map(({ id }) => id));
  const subjects = new Set(Object.keys(scenario.subjects));
  return [
    ...cast.flatMap(({ seat, court, unit, post, roles }) => [
      { where: `cast.${seat}.court`, names: [court], known: courtKeys },
      { where: `cast.${seat}.unit`, names: unit ? [unit] : [], known: new Set(Object.keys(units)) },
      { where: `cast.${seat}: post or roles`, names: post || roles ? [] : ["role"], known: seats },
    ]),
    ...Object.entries(units).map(([name, { court }]) => ({
      where: `units.${name}.court`,
      names: [court],
      known: courtKeys,
    })),
    ...Object.entries(groups).map(([name, names]) => ({
      where: `groups.${name}`,
      names,
      known: seats,
    })),
    ...steps.flatMap((step) => [
      { where: `steps.${step.id}.seat`, names: [step.seat], known: seatsAndGroups },
      { where: `steps.${step.id}.after`, names: step.after, known: moments },
      { where: `steps.${step.id}.phase`, names: [step.phase], known: phaseIds },
      { where: `steps.${step.id}.subjects`, names: step.subjects ?? [], known: subjects },
    ]),
    ...injects.flatMap(({ id, to, after }) => [
      { where: `injects.${id}.to`, names: to, known: seats },
      { where: `injects.${id}.after`, names: after, known: moments },
    ]),
    ...routes.flatMap(({ after, seats: who }, i) => [
      { where: `routes.${i}.after`, names: [after], known: stepIds },
      { where: `routes.${i}.seats`, names: who, known: seatsAndGroups },
    ]),
    ...targets.map(({ id, from, to }) => ({
      where: `targets.${id}`,
      names: [from, to],
      known: stepIds,
    })),
  ];
}

/** A step that waits, over others, for itself would wait for ever. */
function circles({ steps, injects }: Scenario): string[] {
  const afterOf = new Map([...steps, ...injects].map(({ id, after }) => [id, after]));
  const settled = new Set<string>();
  for (let grew = true; grew; ) {
    grew = false;
    for (const [id, after] of afterOf) {
      if (settled.has(id) || !after.every((each) => settled.has(each) || !afterOf.has(each)))
        continue;
      settled.add(id);
      grew = true;
    }
  }
  return [...afterOf.keys()]
    .filter((id) => !settled.has(id))
    .map((id) => `steps.${id}: waits for itself`);
}
