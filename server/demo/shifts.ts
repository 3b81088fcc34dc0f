import { liveShifts, nextDeskCheck } from "../../shared/domain/shift/desk.ts";
import type { Shift } from "../../shared/domain/shift/state.ts";
import type { App } from "../app/api.ts";
import { inItsTime } from "../in-its-time.ts";
import type { CourtLine } from "../registry/read-courts.ts";
import { type DemoAccount, demoAccounts } from "./accounts.ts";

/** One line of courts has somebody at the desk; other desks stand unplanned, as they may. */
const DESKS = ["gaoyuan", "wuhan", "jiangan"] as const;
const HOUR_MS = 3_600_000;

/**
 * The duty officer holds the desk until the next desk check, the director comes after, so that the
 * desk can be handed over at once. A desk whose shifts are all over is planned anew; a plan that a
 * dying start left half made is completed.
 */
export async function demoShifts(
  app: App,
  courts: readonly CourtLine[],
  now: () => number,
): Promise<void> {
  const accounts = new Map(demoAccounts(courts).map((account) => [account.login, account]));
  for (const desk of DESKS) {
    const on = accounts.get(`${desk}.duty`);
    const next = accounts.get(`${desk}.director`);
    if (!on || !next) continue;
    const live = liveShifts(app.world, on.officer.courtId);
    const half = live.find(({ id }) => isHalfMade(app, id, now()));
    if (live.length === 0) await plan(app, on, next, now());
    else if (half) await complete(app, on, next, half);
  }
}

const FIRST = "-1";
const SECOND = "-2";
const second = (first: string): string => first.slice(0, -FIRST.length) + SECOND;

/** A first shift of ours without the second, which stays on record whatever became of it. */
const isHalfMade = ({ world }: App, id: string, now: number): boolean =>
  id.startsWith("demo-shift-") &&
  id.endsWith(FIRST) &&
  world.get("shift", second(id)) === undefined &&
  (world.get("shift", id)?.to ?? 0) > now;

async function plan(app: App, on: DemoAccount, next: DemoAccount, from: number): Promise<void> {
  const { courtId, id: officerId } = on.officer;
  const to = nextDeskCheck(from + HOUR_MS);
  // Named alike by every node that starts now, whatever its clock says to the millisecond.
  const name = `demo-shift-${courtId}-${to}`;
  const before = [...app.world.all("shift")].filter(
    ({ id }) => id.startsWith(`${name}.`) && id.endsWith(FIRST),
  ).length;
  const first = { id: `${name}.${before}${FIRST}`, to };
  const times = { officerId, from, to, mode: "ON_SITE" };
  await send(app, next, "shift.schedule", first.id, times);
  await complete(app, on, next, first);
}

async function complete(
  app: App,
  on: DemoAccount,
  next: DemoAccount,
  { id, to: from }: Pick<Shift, "id" | "to">,
): Promise<void> {
  if (app.world.get("shift", id)?.state === "SCHEDULED") await send(app, on, "shift.sign", id, {});
  const times = { from, to: nextDeskCheck(from + HOUR_MS), mode: "ON_SITE" };
  const officerId = next.officer.id;
  await send(app, next, "shift.schedule", second(id), { officerId, ...times });
}

async function send(
  app: App,
  { officer }: DemoAccount,
  kind: string,
  id: string,
  payload: Readonly<Record<string, unknown>>,
): Promise<void> {
  const command = {
    id: `demo:${kind}:${id}`,
    kind,
    ref: { type: "shift", id },
    payload,
    knownSeq: 0,
    knownAt: 0,
  } as const;
  const by = { officerId: officer.id, session: "demo" };
  const answer = await inItsTime(() => app.command(command, by));
  // A node that starts at the same moment made it, from a time some ms apart.
  if (answer.refusal?.code === "ID_REUSED" && app.world.get("shift", id)) return;
  if (answer.outcome === "REFUSED")
    throw new Error(`demo shifts: ${answer.refusal?.message?.en ?? answer.refusal?.code}`);
}
