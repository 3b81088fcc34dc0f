import { isOpen } from "../../shared/domain/observer/state.ts";
import type { AccountStore } from "../accounts/account-store.ts";
import { createPasswords } from "../accounts/passwords.ts";
import type { App } from "../app/api.ts";
import { inItsTime } from "../in-its-time.ts";
import type { CourtLine } from "../registry/read-courts.ts";
import { DEMO_PASSWORD, demoAccounts } from "./accounts.ts";
import type { DemoHandout } from "./bootstrap.ts";

const SEAT_ID = "observer-demo";
const LOGIN = "wuhan.guest";
const INVITES = "wuhan.director";
const ORGANISATION = "武汉市人大监察和司法委员会（模拟）";
/** A day less than a seat may be given for: this machine's clock may be ahead of the log's. */
const SEAT_MS = 29 * 86_400_000;

/**
 * One visitor from the city's congress, invited by the intermediate court. A demonstration that has
 * run for longer than a seat lasts has none until the court opens another.
 */
export async function demoObserver(
  app: App,
  accounts: AccountStore,
  courts: readonly CourtLine[],
  now: () => number,
): Promise<DemoHandout["observers"]> {
  const host = demoAccounts(courts).find(({ login }) => login === INVITES)?.officer;
  if (!host) return [];
  if (!app.world.get("observer", SEAT_ID)) await openSeat(app, host.id, now());
  const seat = app.world.get("observer", SEAT_ID);
  if (!seat || !isOpen(seat, now())) return [];
  if (!(await accounts.findAccount(LOGIN))) {
    const passwordHash = await createPasswords().hash(DEMO_PASSWORD);
    await accounts.createAccount({
      login: LOGIN,
      officerId: SEAT_ID,
      passwordHash,
      createdAt: now(),
    });
  }
  const line = { login: LOGIN, password: DEMO_PASSWORD, title: "观摩", name: ORGANISATION };
  return [{ ...line, courtName: host.courtName }];
}

async function openSeat(app: App, officerId: string, now: number): Promise<void> {
  const command = {
    id: "demo:observer:open:1",
    kind: "observer.open",
    ref: { type: "observer", id: SEAT_ID },
    payload: {
      body: "CONGRESS",
      organisation: ORGANISATION,
      visitor: "模拟代表",
      endsAt: now + SEAT_MS,
    },
    knownSeq: 0,
    knownAt: 0,
  } as const;
  const by = { officerId, session: "demo" };
  const answer = await inItsTime(() => app.command(command, by));
  // A node that starts at the same moment opened it, until a time some ms apart.
  if (app.world.get("observer", SEAT_ID)) return;
  if (answer.outcome === "REFUSED") {
    throw new Error(`demo observer: ${answer.refusal?.message?.en ?? answer.refusal?.code}`);
  }
}
