/**
 * What was: the records at an instant, and where officers were: everybody at an instant, everybody in a few minutes, one of them over a day.
 * Decided by `authority/tracks.ts`, on the access record, and answered in the wire's binary form.
 */
import { z } from "zod";
import type { RevealDecision } from "../../../shared/domain/authority/reveal.ts";
import { followedSince, mayFollow, mayReplay } from "../../../shared/domain/authority/tracks.ts";
import { epochMs, recordId } from "../../../shared/wire/common.ts";
import type { AccessEntry } from "../../app/api.ts";
import type { Followed } from "../../app/positions/track-desk.ts";
import { reasonToClose } from "../../app/rights.ts";
import { type SignedIn, viewerOf } from "../sessions.ts";
import { type Answer, problem, tooMany } from "./answer.ts";
import type { HttpDeps } from "./http-deps.ts";
import { refusedBy } from "./reveal-routes.ts";
import { type Route, readBody } from "./route.ts";
import { viewOf } from "./view-of.ts";

const MOST_WINDOW_MS = 600_000;
const MOST_DAY_MS = 86_400_000;
/** A drag through one day is one look for this long. */
const LOOK_MS = 600_000;
const DAY_MS = 86_400_000;
/** The right ended while the look was put on the record. */
const NEVER = Number.POSITIVE_INFINITY;
const JSON_TYPE = { "content-type": "application/json; charset=utf-8" };
/** Answers of up to 20 MB that are on their way: of one person, and of all. */
const MOST_AT_ONCE = { person: 3, all: 8 };

const reason = z.exactOptional(z.string().trim().max(200));
const courtId = z.exactOptional(recordId);
const pictureBody = z.strictObject({ at: epochMs, courtId, reason });
const stateBody = z.strictObject({ at: epochMs, reason });
const windowBody = z
  .strictObject({ from: epochMs, to: epochMs, courtId, reason })
  .refine(({ from, to }) => from <= to && to - from <= MOST_WINDOW_MS, { path: ["to"] });
const dayBody = z
  .strictObject({ officer: recordId, from: epochMs, to: epochMs, reason })
  .refine(({ from, to }) => from <= to && to - from <= MOST_DAY_MS, { path: ["to"] });

export function trackRoutes(deps: HttpDeps): Route[] {
  const road = createRoad(deps);
  return [
    {
      method: "post",
      path: "/api/tracks/picture",
      access: "SIGNED_IN",
      handle: async (call, who) => {
        const read = readBody(pictureBody, call.body);
        if (!read.ok) return read.answer;
        const { at } = read.value;
        return road.replay(who, { ...read.value, from: at }, (of) =>
          deps.tracks?.picture(at, of()),
        );
      },
    },
    {
      method: "post",
      path: "/api/tracks/window",
      access: "SIGNED_IN",
      handle: async (call, who) => {
        const read = readBody(windowBody, call.body);
        if (!read.ok) return read.answer;
        const { from, to } = read.value;
        return road.replay(who, read.value, (of) => deps.tracks?.window(from, to, of()));
      },
    },
    {
      method: "post",
      path: "/api/replay/state",
      access: "SIGNED_IN",
      handle: async (call, who) => {
        const read = readBody(stateBody, call.body);
        return read.ok ? road.state(who, read.value) : read.answer;
      },
    },
    {
      method: "post",
      path: "/api/tracks/day",
      access: "SIGNED_IN",
      handle: async (call, who) => {
        const read = readBody(dayBody, call.body);
        return read.ok ? road.day(who, read.value) : read.answer;
      },
    },
  ];
}

interface Replay {
  readonly from: number;
  readonly courtId?: string;
  readonly reason?: string;
}

type Found = Promise<Uint8Array> | undefined;

function createRoad(deps: HttpDeps) {
  const { app, limits, now } = deps;
  const looks = new Looks();
  const crowd = new Crowd();
  // Windows of state wait for each other; pictures must not wait behind them.
  const ofState = new Crowd();

  const refuse = async (who: SignedIn, about: About, decision: RevealDecision & { ok: false }) => {
    await app.access(entryOf(who, "TRACK_REFUSED", about));
    return refusedBy(decision.refusal);
  };

  const replay = async (
    who: SignedIn,
    asked: Replay,
    find: (of: () => readonly Followed[]) => Found,
    among = crowd,
  ): Promise<Answer> => {
    const viewer = viewerOf(who);
    if (!viewer) return problem("PERSON_NEEDED");
    const { waitMs } = await limits.replay.take(viewer.officerId);
    if (waitMs > 0) return tooMany("TOO_MANY", waitMs);
    const watched = asked.courtId ?? who.courtId;
    const about = { watchedCourtId: watched, subject: watched, field: "replay", ...whyOf(asked) };
    const decision = mayReplay(
      viewer,
      watched,
      { ageMs: now() - asked.from, reason: asked.reason },
      app.world,
    );
    if (!decision.ok) return refuse(who, about, decision);
    // Another reason is another look: what was said has to stand there.
    const { sessionId } = who;
    const look = [sessionId, watched, Math.floor(asked.from / DAY_MS), asked.reason].join(" ");
    if (!looks.isKnown(look, now())) {
      await app.access(entryOf(who, "TRACK", about));
      looks.note(look, now());
    }
    const found = await among.serve(viewer.officerId, () => find(() => followedBy(deps, watched)));
    // It may have waited long behind others.
    if (isStillDesk(deps, who)) return found;
    found.left?.();
    return problem("ROLE_REFUSED");
  };

  const day = async (who: SignedIn, asked: z.output<typeof dayBody>): Promise<Answer> => {
    const viewer = viewerOf(who);
    if (!viewer) return problem("PERSON_NEEDED");
    const { waitMs } = await limits.reveal.take(viewer.officerId);
    if (waitMs > 0) return tooMany("TOO_MANY", waitMs);
    const officer = app.world.get("officer", asked.officer);
    if (!officer || officer.unitId !== undefined) return problem("NOT_FOUND");
    const about = {
      watchedCourtId: officer.courtId,
      subject: officer.id,
      field: "track",
      ...whyOf(asked),
    };
    const decision = mayFollow(viewer, officer, asked.reason, app.world);
    if (!decision.ok) return refuse(who, about, decision);
    await app.access(entryOf(who, "TRACK", about));
    const isSelf = viewer.officerId === officer.id;
    const since = isSelf ? 0 : (followedSince(officer, who.courtId, app.world) ?? NEVER);
    const of = { trackIndex: officer.trackIndex, since };
    return crowd.serve(viewer.officerId, () => deps.tracks?.day(asked.from, asked.to, of));
  };

  const state = (who: SignedIn, asked: z.output<typeof stateBody>): Promise<Answer> =>
    stateAt(deps, who, asked, (find) => replay(who, { ...asked, from: asked.at }, find, ofState));
  return { replay, day, state };
}

/** What the records were, beside where everybody was: the same right, the same look. */
async function stateAt(
  { past, limits }: HttpDeps,
  who: SignedIn,
  { at }: z.output<typeof stateBody>,
  replay: (find: () => Found) => Promise<Answer>,
): Promise<Answer> {
  const view = viewOf(who, "console");
  if (!past || !view) return problem("ROLE_REFUSED");
  const refusal = past.refuses(at);
  if (refusal) return problem(refusal);
  const { waitMs } = await limits.replayState.take(who.officer?.id ?? who.sessionId);
  if (waitMs > 0) return tooMany("TOO_MANY", waitMs);
  const answer = await replay(() => past.window(view, at));
  return answer.status === 200 ? { ...answer, headers: JSON_TYPE } : answer;
}

const isStillDesk = ({ app }: HttpDeps, { officer, sessionId, courtId, roles }: SignedIn) =>
  officer !== undefined &&
  reasonToClose(app.world, {
    officerId: officer.id,
    view: `console:${courtId}`,
    sessionId,
    roles,
  }) === undefined;

/** Everybody of the court and those below it, and who is lent to them. */
const followedBy = ({ app: { world } }: HttpDeps, watched: string): Followed[] =>
  [...world.all("officer")].flatMap((officer) => {
    const since = followedSince(officer, watched, world);
    return since === undefined ? [] : [{ trackIndex: officer.trackIndex, since }];
  });

type About = Required<Pick<AccessEntry, "watchedCourtId" | "subject" | "field">> &
  Pick<AccessEntry, "reason">;

const whyOf = ({ reason: why }: { readonly reason?: string }): Pick<AccessEntry, "reason"> =>
  why ? { reason: why } : {};

const entryOf = (who: SignedIn, kind: "TRACK" | "TRACK_REFUSED", about: About): AccessEntry => ({
  kind,
  by: who.officer?.id ?? who.sessionId,
  session: who.sessionId,
  courtId: who.courtId,
  ...about,
});

/** Looks that stand on the record already, and until when they need not be written again. */
class Looks {
  readonly #until = new Map<string, number>();

  isKnown(look: string, now: number): boolean {
    return (this.#until.get(look) ?? 0) > now;
  }

  note(look: string, now: number): void {
    for (const [known, until] of this.#until) if (until <= now) this.#until.delete(known);
    this.#until.set(look, now + LOOK_MS);
  }
}

/** Bounds what lies in memory for people who read slowly. */
class Crowd {
  readonly #byPerson = new Map<string, number>();
  #all = 0;

  async serve(person: string, find: () => Found): Promise<Answer> {
    const own = this.#byPerson.get(person) ?? 0;
    if (own >= MOST_AT_ONCE.person || this.#all >= MOST_AT_ONCE.all) {
      return tooMany("TOO_MANY", 1_000);
    }
    this.#change(person, 1);
    const left = () => this.#change(person, -1);
    try {
      const body = await find();
      if (body) return { status: 200, body, left };
    } catch (error) {
      left();
      throw error;
    }
    left();
    return problem("STORE_UNAVAILABLE");
  }

  #change(person: string, by: number): void {
    const own = (this.#byPerson.get(person) ?? 0) + by;
    if (own > 0) this.#byPerson.set(person, own);
    else this.#byPerson.delete(person);
    this.#all += by;
  }
}
