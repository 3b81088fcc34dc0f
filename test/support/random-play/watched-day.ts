import { Writable } from "node:stream";
import { scanOnce } from "../../../server/app/scan-deadlines.ts";
import { createLogger } from "../../../server/edge/logging.ts";
import { createNotifying } from "../../../server/notifying.ts";
import type { ViewKey } from "../../../shared/domain/authority/audience.ts";
import { seatsOf } from "../../../shared/domain/authority/seats.ts";
import { rolesOf } from "../../../shared/domain/officer/roles-of.ts";
import { newMedia, type TestKernel, testKernel } from "../kernel/test-kernel.ts";
import type { OfDay } from "./day.ts";
import { COURTS, realmCommands } from "./realm.ts";

/** What went to one view: `patch`, `snapshot`, `emergency` or `hb`, as it was encoded. */
export interface Frame {
  readonly view: ViewKey;
  readonly event: string;
  readonly json: string;
}

export interface WatchedDay {
  readonly t: TestKernel;
  readonly frames: readonly Frame[];
  readonly logged: readonly string[];
  /** What would have gone out by telephone. */
  readonly outbox: readonly string[];
  /** Bodies of all commits, as they lie in the log; and of the access log. */
  readonly commits: readonly string[];
  readonly accepted: number;
  readonly refused: ReadonlyMap<string, number>;
}

/** Something that nobody outside may read, and of what record it speaks. */
export const secretOf = (type: string, id: string): string =>
  `王秘密42010219990101123X 13912345678 ‹${type}:${id}›`;

/** Free text as a person types it, in the place of its reference. */
function typed({ given }: OfDay): Record<string, unknown> {
  const { type, id } = given.ref;
  return Object.fromEntries(
    Object.entries(given.payload).map(([name, value]) => [
      name,
      isText(value) ? secretOf(type, id) : value,
    ]),
  );
}
const isText = (value: unknown): boolean =>
  typeof value === "object" && value !== null && "hash" in value && "id" in value;

/** Every console, wall, phone, unit, inspector and president looks on from the beginning. */
async function watchAll(t: TestKernel, frames: Frame[]): Promise<void> {
  const { views, replica } = t.kernel;
  const look = async (view: ViewKey, officerId?: string) => {
    const officer = officerId ? replica.world.get("officer", officerId) : undefined;
    const subscriber = {
      id: `looks:${view}`,
      view,
      ...(officerId ? { officerId } : {}),
      sessionId: "s1",
      roles: officer ? rolesOf(officer) : [],
      send: (event: string, json: string) => void frames.push({ view, event, json }),
      close: () => undefined,
      pendingBytes: () => 0,
    };
    views.subscribe(subscriber);
    await views.resume(subscriber, null);
  };
  for (const courtId of COURTS) {
    for (const seat of ["console", "wall", "inspector", "president"] as const) {
      await look(`${seat}:${courtId}`);
    }
  }
  for (const officer of replica.world.all("officer")) {
    if (officer.unitId) await look(`partner:${officer.unitId}`, officer.id);
    else if (seatsOf(rolesOf(officer)).includes("field"))
      await look(`field:${officer.id}`, officer.id);
  }
}

/** The day once more: real kernel, real vault, real frames, the clocks raised as on a server. */
export async function watched(day: readonly OfDay[]): Promise<WatchedDay> {
  const media = newMedia();
  const t = await testKernel({ media, province: realmCommands() });
  const logged: string[] = [];
  const sink = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      logged.push(chunk.toString());
      done();
    },
  });
  const { kernel, clock } = t;
  const notifying = createNotifying(
    { demo: true },
    { kernel, clock, logger: createLogger("trace", sink) },
  );
  const frames: Frame[] = [];
  const refused = new Map<string, number>();
  let accepted = 0;
  await watchAll(t, frames);
  for (const each of day) {
    await until(t, each.at, () => Promise.all(notifying.jobs.map((job) => job.run())));
    const { kind, actor, ref, payload } = each.given;
    const answer =
      actor.kind === "person"
        ? await t.send(actor.officerId, kind, ref.type, ref.id, typed(each), { id: each.id })
        : await kernel.app.systemCommand({ id: each.id, kind, ref, payload });
    if (answer.outcome === "ACCEPTED") accepted += 1;
    else {
      const why = `${kind} ${answer.refusal?.code}`;
      refused.set(why, (refused.get(why) ?? 0) + 1);
    }
    await kernel.views.idle();
  }
  const outbox = (notifying.outbox?.() ?? []).map((message) => JSON.stringify(message));
  await notifying.stop();
  const commits = [...media.log.commits, ...media.access.commits].map(({ body }) => String(body));
  return { t, frames, logged, outbox, commits, accepted, refused };
}

/** Time passes in steps that no clock is shorter than; each is raised and said outside in its time. */
async function until(t: TestKernel, at: number, call: () => Promise<unknown>): Promise<void> {
  const { kernel, clock } = t;
  while (clock.at < at) {
    clock.pass(Math.min(15_000, at - clock.at));
    await scanOnce(
      kernel.deadlines,
      () => clock.now(),
      (c) => kernel.app.systemCommand(c),
    );
    await call();
  }
}
