import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { reasonToClose } from "../../server/app/rights.ts";
import type { Subscriber } from "../../server/app/view-registry.ts";
import { reveal } from "../../server/edge/reveal/reveal.ts";
import type { SignedIn } from "../../server/edge/sessions.ts";
import type { Actor } from "../../shared/domain/authority/actor.ts";
import { ROLES, type Role } from "../../shared/domain/authority/roles.ts";
import { seatsOf } from "../../shared/domain/authority/seats.ts";
import { decide } from "../../shared/domain/decide.ts";
import { commandEntry, commandKinds } from "../../shared/domain/modules.ts";
import { rolesOf } from "../../shared/domain/officer/roles-of.ts";
import type { OperationState } from "../../shared/domain/operation/state.ts";
import { SAMPLES } from "../oracle/samples.ts";
import { issueOrder, orderStory } from "../support/domain/orders.ts";
import { operation, pathOf, province } from "../support/domain/province.ts";
import { Story } from "../support/domain/story.ts";

/** The six hard rules of authority.md 5.1, each as one sentence that holds whatever is tried. */
const COURTS = ["high", "wuhan", "xiangyang", "jiangan", "hanyang", "fancheng"];
const court = fc.constantFrom(...COURTS);
const role = fc.constantFrom(...ROLES.filter((each) => each !== "LIAISON_USER"));
const STATES: readonly OperationState[] = [
  ...(["DRAFT", "SUBMITTED", "REJECTED", "APPROVED", "MUSTERING", "EN_ROUTE", "ON_SCENE"] as const),
  ...(["EXECUTING", "PAUSED", "CLOSING", "CLOSED", "ABORTED"] as const),
];
const actorOf = (courtId: string, ...roles: readonly Role[]): Actor => ({
  kind: "person",
  officerId: "somebody",
  courtId,
  roles,
});
const isAbove = (courtId: string, of: string): boolean =>
  courtId !== of && pathOf(of).includes(courtId);

/** `decide` alone, with nothing in the payload: authority comes before it. */
function tried(story: Story, kind: string, ref: { type: never; id: string }, actor: Actor) {
  const command = { id: "c", kind, ref, payload: {}, knownSeq: 0 };
  const { now } = story;
  return decide(story.state, command, { actor, now, occurred: { earliest: now, latest: now } });
}

const existing = (pattern: RegExp): string[] =>
  commandKinds().filter((kind) => {
    const spec = commandEntry(kind)?.spec;
    return pattern.test(kind) && spec?.target === "EXISTING" && spec.nature !== "SYSTEM";
  });

describe("hard rules", () => {
  it("AUTH-11 supervising is not doing: no court above does a thing on a lower court's operation or detention", () => {
    const kinds = existing(/^(operation|detention)\./).filter(
      // Its own signature for what was filed with it; the review of a detention is its own decision.
      (kind) => kind !== "operation.acknowledgeFiling" && kind !== "detention.revoke",
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...kinds),
        fc.constantFrom(...STATES),
        role,
        court,
        (kind, state, r, above) => {
          fc.pre(isAbove(above, "jiangan"));
          const { detention } = SAMPLES;
          if (!detention) throw new Error("no sample");
          const story = new Story([...province(), operation({ state }), detention]);
          const id = kind.startsWith("operation.") ? "op1" : detention.id;
          const type = kind.split(".")[0] as never;
          expect(tried(story, kind, { type, id }, actorOf(above, r)).ok).toBe(false);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it("AUTH-12 every look at a person is on the record of the watched court before it is answered, and without that record nothing is shown", async () => {
    const story = new Story(province());
    const officers = story.state.all("officer");
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...officers),
        fc.constantFrom(...officers),
        fc.constantFrom("name", "badgeNo"),
        fc.boolean(),
        async (viewer, watched, field, recordable) => {
          const entries: { readonly watchedCourtId?: string; readonly by: string }[] = [];
          const access = async (entry: (typeof entries)[number]) => {
            if (!recordable) throw new Error("the access log takes nothing");
            entries.push(entry);
          };
          const deps = {
            app: { world: story.state, access },
            vault: { getSubject: async () => undefined },
            now: () => story.now,
          };
          const who = {
            subject: { kind: "person", officerId: viewer.id, login: viewer.id },
            sessionId: "s1",
            courtId: viewer.courtId,
            officer: viewer,
            roles: rolesOf(viewer),
          } as SignedIn;
          const request = { officer: watched.id, field, reason: "核对" } as const;
          const shown = await reveal(deps as never, who, request as never).catch(() => "NOTHING");
          expect(shown === "NOTHING").toBe(!recordable);
          const watch = { by: viewer.id, watchedCourtId: watched.courtId };
          expect(entries).toMatchObject(recordable ? [watch] : []);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("AUTH-13 no command goes sideways: a court that is neither on the line nor named in the record is refused", () => {
    const kinds = existing(/./).filter((kind) => kind !== "incident.sos");
    const samples = Object.values(SAMPLES);
    fc.assert(
      fc.property(fc.constantFrom(...kinds), role, court, (kind, r, actorCourt) => {
        const type = commandEntry(kind)?.type;
        const record = samples.find((each) => each.type === type);
        fc.pre(record !== undefined && !JSON.stringify(record).includes(`"${actorCourt}"`));
        const story = new Story([...province(), ...samples]);
        const ref = { type: type as never, id: record?.id ?? "" };
        expect(tried(story, kind, ref, actorOf(actorCourt, r)).ok).toBe(false);
      }),
      { numRuns: 1_500 },
    );
  });

  it("AUTH-14 a review judge commands nothing of a case, whatever it is", () => {
    const kinds = existing(/^(operation|police|incident|order|delegation|supervision|liaison)\./);
    const samples = Object.values(SAMPLES);
    fc.assert(
      fc.property(fc.constantFrom(...kinds), court, (kind, courtId) => {
        const record = samples.find((each) => each.type === commandEntry(kind)?.type);
        fc.pre(record !== undefined && kind !== "incident.sos");
        const story = new Story([...province(), ...samples]);
        const ref = { type: record?.type as never, id: record?.id ?? "" };
        expect(tried(story, kind, ref, actorOf(courtId, "REVIEW_JUDGE")).ok).toBe(false);
      }),
      { numRuns: 1_000 },
    );
  });

  it("AUTH-15 an order that skips a tier always has its copy with the court between", () => {
    const basic = fc.uniqueArray(fc.constantFrom("jiangan", "hanyang", "fancheng"), {
      minLength: 1,
    });
    const kind = fc.constantFrom("task", "command", "correct");
    fc.assert(
      fc.property(basic, kind, (toCourtIds, verb) => {
        const story = orderStory();
        story.accepted(issueOrder("high.director", verb, { toCourtIds }));
        const order = story.the("order", "o1");
        const between = [...new Set(toCourtIds.map((id) => pathOf(id)[1]))].sort();
        expect([...order.copiedCourtIds].sort()).toEqual(between);
        const views = story.views("order", "o1");
        for (const courtId of between) expect(views[`console:${courtId}`]).toBeDefined();
      }),
    );
  });

  it("AUTH-16 scope is the server's: whoever looks through a view that is not his is let go", () => {
    const story = new Story(province());
    const seat = fc.constantFrom("console", "wall", "field", "partner", "inspector", "president");
    fc.assert(
      fc.property(
        fc.constantFrom(...story.state.all("officer")),
        seat,
        court,
        (officer, at, scope) => {
          const roles = rolesOf(officer);
          const where = at === "field" ? `${scope}.judge` : scope;
          const subscriber = {
            view: `${at}:${where}`,
            officerId: officer.id,
            sessionId: "s1",
            roles,
          } as unknown as Subscriber;
          const own = where === officer.courtId || where === officer.id;
          const may = own && seatsOf(roles).includes(at as never);
          expect(reasonToClose(story.state, subscriber)).toBe(may ? undefined : "REVOKED");
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
