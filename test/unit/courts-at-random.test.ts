import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { relationOf, tierPathOf } from "../../shared/domain/authority/relation.ts";
import type { Delegation } from "../../shared/domain/delegation/state.ts";
import { isEnded, turn } from "../../shared/domain/delegation/turn.ts";
import { dutyOf, isClosed } from "../../shared/domain/supervision/duty.ts";
import type { Supervision } from "../../shared/domain/supervision/state.ts";
import { content, peersStory, textRef } from "../support/domain/peers.ts";
import type { Story, When } from "../support/domain/story.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const JUMPS = [0, HOUR_MS, 4 * DAY_MS, 31 * DAY_MS];
const said = { text: textRef("said") };
const ACTORS = peersStory()
  .state.all("officer")
  .map(({ id }) => id);
const TO = { d1: "hanyang", d2: "fancheng", d3: "xiangyang" } as const;
const PAPERS = { docs: [{ name: "送达回证", no: "S1" }] };

type Verb = readonly [verb: string, payload: object];

const delegationVerbs = (id: keyof typeof TO): Verb[] => [
  ["draft", { ...content(), toCourtId: TO[id] }],
  ["revise", content()],
  ["submit", {}],
  ["sendBack", said],
  ["send", {}],
  ["send", {}],
  ["accept", {}],
  ["askPapers", said],
  ["completePapers", PAPERS],
  ["return", { code: "NOT_AN_ITEM", ...said }],
  ["return", { code: "PAPERS_NOT_COMPLETED", ...said }],
  ["assign", { assigneeId: `${TO[id]}.judge` }],
  ["assign", { assigneeId: `${TO[id]}.duty` }],
  ["start", {}],
  ["progress", said],
  ["feedback", said],
  ["confirm", {}],
  ["redo", said],
  ["withdraw", { reason: textRef("r") }],
  ["direct", { directive: "HASTEN", ...said }],
  ["direct", { directive: "OVERRULE_RETURN", ...said }],
];

const supervisionVerbs = (dueAt: number): Verb[] => [
  [
    "open",
    {
      targetCourtId: "jiangan",
      kind: "CASE",
      trigger: "INACTION",
      caseNo: content().caseNo,
      matter: textRef("m"),
    },
  ],
  ["sendLetter", { letterNo: "L1", demand: textRef("d"), dueAt }],
  ["assign", { assigneeId: "jiangan.judge" }],
  ["start", {}],
  ["report", said],
  ["return", { ...said, dueAt }],
  ["urge", { ...said, dueAt }],
  ["measure", { measure: "FILE_CALLED", ...said }],
  ["measure", { measure: "BULLETINED", ...said }],
  ["measure", { measure: "REASSIGNED", toCourtId: "hanyang", ...said }],
  ["measure", { measure: "TAKEN_UP", ...said }],
  ["addItem", { itemId: "i1", ownerId: "jiangan.judge", dueAt, what: textRef("w") }],
  ["showEvidence", { itemId: "i1", evidence: textRef("e") }],
  ["returnItem", { itemId: "i1", ...said, dueAt }],
  ["closeItem", { itemId: "i1" }],
  ["close", said],
];

/** An order of its own for every `pick`, without chance. */
const shuffled = (verbs: readonly Verb[], pick: number): Verb[] =>
  verbs
    .map((verb, i) => [Math.imul(pick * 64 + i + 1, 2_654_435_761) >>> 0, verb] as const)
    .sort(([a], [b]) => a - b)
    .map(([, verb]) => verb);

interface Tried {
  readonly by: string;
  readonly kind: string;
}

/**
 * Everybody tries a command, then the next one, until one is accepted. Whatever is refused on the
 * way leaves the record as it was.
 */
function moved(
  story: Story,
  ref: { readonly type: "delegation" | "supervision"; readonly id: string },
  verbs: readonly Verb[],
  pick: number,
): Tried | undefined {
  const before = story.state.get(ref.type, ref.id);
  for (const [verb, payload] of shuffled(verbs, pick)) {
    for (let j = 0; j < ACTORS.length; j += 1) {
      const by = ACTORS[(pick + j) % ACTORS.length] ?? "";
      const kind = `${ref.type}.${verb}`;
      if (story.when({ by, kind, ref, payload: payload as When["payload"] } as When).ok) {
        return { by, kind };
      }
      if (story.state.get(ref.type, ref.id) !== before) throw new Error(`${kind} left a trace`);
    }
  }
  return undefined;
}

const courtOf = (story: Story, officerId: string): string =>
  story.the("officer", officerId).courtId;

const paths = fc.array(fc.noBias(fc.tuple(fc.nat(9_999), fc.nat(JUMPS.length * 4 - 1))), {
  minLength: 25,
  maxLength: 45,
});
const RUNS = { numRuns: 150, seed: 20261123 };
const counted = (counts: Map<string, number>, key: string) =>
  counts.set(key, (counts.get(key) ?? 0) + 1);

/** Who may act besides the court whose turn it is: the asker takes it back, the superior directs. */
function outOfTurn(was: Delegation, verb: string): string | undefined {
  if (verb === "delegation.withdraw") return was.courtId;
  return verb === "delegation.direct" ? was.superiorCourtId : turn(was);
}

/** No court but the parties and those above them, no wall, no other person's phone. */
function wrongViews(story: Story, each: Delegation): string[] {
  const line = new Set([
    ...tierPathOf(story.state, each.courtId),
    ...tierPathOf(story.state, each.toCourtId),
  ]);
  const named = new Set([each.proposedBy, each.assigneeId]);
  return Object.keys(story.views("delegation", each.id)).filter((view) => {
    const [seat, scope = ""] = view.split(":");
    return seat === "console" ? !line.has(scope) : seat !== "field" || !named.has(scope);
  });
}

/** Seldom, or nothing would ever be finished. */
const SELDOM = 7;
const often = (verbs: readonly Verb[], pick: number): readonly Verb[] =>
  pick % SELDOM === 0 ? verbs : verbs.filter(([verb]) => verb !== "withdraw");

describe("everybody tries everything", () => {
  const states = new Map<string, number>();
  const kinds = new Map<string, number>();

  function checked(story: Story, was: Delegation | undefined, move: Tried, now: Delegation) {
    const court = courtOf(story, move.by);
    if (was) expect(court, `${move.kind} in ${was.state}`).toBe(outOfTurn(was, move.kind));
    expect(turn(now) === undefined).toBe(isEnded(now));
    if (!isEnded(now)) expect([now.courtId, now.toCourtId]).toContain(turn(now));
    expect(wrongViews(story, now)).toEqual([]);
    counted(states, now.state);
    counted(kinds, move.kind);
  }

  it("DEL-10 always one court's turn, nobody commands sideways, no third court sees", () => {
    const ids = fc.constantFrom(...(Object.keys(TO) as (keyof typeof TO)[]));
    fc.assert(
      fc.property(ids, paths, (id, path) => {
        const story = peersStory();
        for (const [pick, jump] of path) {
          story.passRaising(JUMPS[jump] ?? 0);
          const was = story.state.get("delegation", id);
          const ref = { type: "delegation", id } as const;
          const move = moved(story, ref, often(delegationVerbs(id), pick), pick);
          if (!move) break;
          checked(story, was, move, story.the("delegation", id));
        }
      }),
      RUNS,
    );
  }, 60_000);

  it("DEL-2 on those ways every state is reached and every command accepted", () => {
    const wanted = new Set(delegationVerbs("d1").map(([verb]) => `delegation.${verb}`));
    expect([...wanted].filter((kind) => (kinds.get(kind) ?? 0) < 10)).toEqual([]);
    expect(states.size).toBe(11);
    expect([...states].filter(([, n]) => n < 10)).toEqual([]);
  });

  function lawful(story: Story, move: Tried, now: Supervision) {
    expect(relationOf(now.courtId, { courtId: now.targetCourtId }, story.state)).toBe("down");
    const theirs = /\.(assign|start|report|showEvidence)$/.test(move.kind);
    expect(courtOf(story, move.by)).toBe(theirs ? now.targetCourtId : now.courtId);
    expect(dutyOf(now) === undefined).toBe(isClosed(now));
    if (!isClosed(now)) expect([now.courtId, now.targetCourtId]).toContain(dutyOf(now));
  }

  it("SUP-13 one court must always act, and only the one above presses and closes", () => {
    const reached = new Map<string, number>();
    const ref = { type: "supervision", id: "s1" } as const;
    fc.assert(
      fc.property(paths, (path) => {
        const story = peersStory();
        for (const [pick, jump] of path) {
          story.passRaising(JUMPS[jump] ?? 0);
          const move = moved(story, ref, supervisionVerbs(story.now + 2 * DAY_MS), pick);
          if (!move) break;
          lawful(story, move, story.the("supervision", "s1"));
          counted(reached, story.the("supervision", "s1").state);
        }
      }),
      RUNS,
    );
    expect([...reached.keys()].sort()).toHaveLength(12);
  }, 60_000);
});
