import { liveShifts, nextDeskCheck } from "../../shared/domain/shift/desk.ts";
import type { App } from "../app/api.ts";
import type { CourtLine } from "../registry/read-courts.ts";
import { type DemoAccount, demoAccounts } from "./accounts.ts";

/** One line of courts has somebody at the desk; other desks stand unplanned, as they may. */
const DESKS = ["gaoyuan", "wuhan", "jiangan"] as const;
const HOUR_MS = 3_600_000;

/**
 * The duty officer holds the desk until the next desk check, the director comes after, so that the
 * desk can be handed over at once. A desk whose shifts are all over is planned anew.
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
    if (on && next && liveShifts(app.world, on.officer.courtId).length === 0)
      await plan(app, on, next, now());
  }
}

async function plan(app: App, on: DemoAccount, next: DemoAccount, from: number): Promise<void> {
  const { courtId } = on.officer;
  const to = nextDeskCheck(from + HOUR_MS);
  const first = `demo-shift-${courtId}-${from}-1`;
  const mode = "ON_SITE";
  const schedule = (id: string, officerId: string, times: { from: number; to: number }) =>
    send(app, next, "shift.schedule", id, { officerId, ...times, mode });
  await schedule(first, on.officer.id, { from, to });
  await send(app, on, "shift.sign", first, {});
  const following = { from: to, to: nextDeskCheck(to + HOUR_MS) };
  await schedule(`demo-shift-${courtId}-${from}-2`, next.officer.id, following);
}

async function send(
  app: App,
  { officer }: DemoAccount,
  kind: string,
  id: string,
  payload: Readonly<Record<string, unknown>>,
): Promise<void> {
  const answer = await app.command(
    {
      id: `demo:${kind}:${id}`,
      kind,
      ref: { type: "shift", id },
      payload,
      knownSeq: 0,
      knownAt: 0,
    },
    { officerId: officer.id, session: "demo" },
  );
  if (answer.outcome === "REFUSED")
    throw new Error(`demo shifts: ${answer.refusal?.message?.en ?? answer.refusal?.code}`);
}
