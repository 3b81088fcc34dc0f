import { describe, expect, it } from "vitest";
import { prepare } from "../../server/app/prepare.ts";
import { projectDto } from "../../shared/domain/project.ts";
import { province } from "../support/domain/province.ts";
import { Story, type When } from "../support/domain/story.ts";

const sos = (id: string, more: Partial<When> = {}): When => ({
  by: "jiangan.police",
  kind: "incident.sos",
  ref: { type: "incident", id },
  ...more,
});
const unverified = { unverified: true } as const;
const story = () => new Story(province());

describe("a call for help whose sender is still to be checked", () => {
  it("SOSR-9 is marked on every seat that sees it, and on its events", () => {
    const s = story();
    s.accepted(sos("i1", unverified));
    s.passRaising(60_000);
    const record = s.the("incident", "i1");
    const seen = Object.entries(s.views("incident", "i1")).map(([view, audience]) => {
      const dto = projectDto(record, s.state, audience) as { readonly unverified?: boolean };
      return [view, dto.unverified];
    });
    expect(seen.map(([view]) => view)).toEqual(
      expect.arrayContaining(["console:jiangan", "wall:high", "field:jiangan.police"]),
    );
    expect(seen.filter(([, mark]) => mark !== true)).toEqual([]);
  });

  it("SOSR-9 a verified repeat clears the mark, an unverified one and an acknowledgement do not", () => {
    const s = story();
    const mark = () => s.the("incident", "i1").unverified;
    s.accepted(sos("i1", unverified));
    s.accepted(sos("i2", unverified));
    s.accepted({
      by: "jiangan.duty",
      kind: "incident.acknowledge",
      ref: { type: "incident", id: "i1" },
    });
    expect(mark()).toBe(true);
    s.accepted(sos("i3"));
    expect([mark(), s.the("incident", "i1").repeats]).toEqual([undefined, 2]);
    s.accepted(sos("i4", unverified));
    expect(mark()).toBeUndefined();
  });

  it("SOSR-9 a verified one is not marked, and nothing in its event says so", () => {
    const s = story();
    const [raised] = s.accepted(sos("i1"));
    const [repeated] = s.accepted(sos("i2"));
    expect(raised?.data).not.toHaveProperty("unverified");
    expect(repeated?.data).not.toHaveProperty("verified");
  });

  it("SOSR-8 an officer without any right calls for help, also over the record of another court", () => {
    const s = story();
    s.accepted(sos("i1", { by: "wuhan.duty" }));
    const police = s.state.get("officer", "jiangan.police");
    if (!police) throw new Error("no such officer");
    s.state.put({ ...police, grants: [] });
    s.accepted(sos("i1"));
    expect(s.the("incident", "c2-incident.sos:incident").reporterId).toBe("jiangan.police");
  });

  it("SOSR-10 a record keeps its first and its last command ids, however many there are", () => {
    const s = story();
    for (let n = 1; n <= 200; n += 1) s.accepted(sos(`i${n}`, unverified));
    const { commandIds, repeats } = s.the("incident", "i1");
    expect([commandIds.length, repeats]).toEqual([64, 199]);
    expect([commandIds[0], commandIds.at(-1)]).toEqual(["c1-incident.sos", "c200-incident.sos"]);
  });
});

describe("an envelope that cannot be read", () => {
  const ID = "0193a000-0000-7000-8000-000000000001";
  const whole = {
    id: ID,
    kind: "incident.sos",
    ref: { type: "incident", id: "i1" },
    payload: { place: { lat: 30.6, lng: 114.3 }, battery: 40 },
    knownSeq: 3,
    knownAt: 4,
    deviceAt: 5,
    ageMs: 6,
  };
  const deps = { world: story().state, vault: {} as never, texts: {} as never };
  const from = { officerId: "jiangan.police", session: "s" };
  const prepared = async (raw: unknown, origin = from) => {
    const done = await prepare(raw, origin, 1_000, deps);
    return done.ok ? done.prepared : undefined;
  };

  it("SOSR-6 the mark is no part of what makes a call the same call", async () => {
    const [signed, bySession] = await Promise.all([
      prepared(whole, { ...from, ...unverified } as typeof from),
      prepared(whole),
    ]);
    expect([signed?.command.unverified, bySession?.command.unverified]).toEqual([true, undefined]);
    expect(signed?.payloadHash).toBe(bySession?.payloadHash);
    expect(signed?.command.payload).toEqual(whole.payload);
  });

  const broken: readonly (readonly [string, object, object])[] = [
    ["an unknown field", { x: 1 }, {}],
    ["no payload", { payload: undefined }, { payload: {} }],
    ["a payload of nonsense", { payload: "help" }, { payload: {} }],
    [
      "one field of the payload",
      { payload: { battery: "?", place: whole.payload.place } },
      { payload: { place: whole.payload.place } },
    ],
    [
      "a key that reaches prototypes",
      { payload: JSON.parse('{"__proto__":{"a":1}}') },
      { payload: {} },
    ],
    [
      "a record id",
      { ref: { type: "incident", id: "a b" } },
      { ref: { type: "incident", id: ID } },
    ],
    ["no record", { ref: null }, { ref: { type: "incident", id: ID } }],
    [
      "a record of another kind",
      { ref: { type: "court", id: "c" } },
      { ref: { type: "incident", id: ID } },
    ],
    ["a cursor", { knownSeq: -1 }, { knownSeq: 0 }],
    ["times", { knownAt: "x", deviceAt: Number.NaN, ageMs: -3, statedAt: {} }, {}],
    ["a revision", { rev: "x" }, {}],
  ];

  it.each(broken)("SOSR-4 goes on without %s", async (_what, change, expected) => {
    const done = await prepared({ ...whole, ...change });
    const { payload, ref, knownSeq } = whole;
    expect(done?.command).toMatchObject({ id: ID, payload, ref, knownSeq, ...expected });
  });

  it("SOSR-4 another kind is not salvaged, and neither is a call without an id", async () => {
    expect(await prepared({ ...whole, kind: "incident.report", x: 1 })).toBeUndefined();
    expect(await prepared({ ...whole, id: 7 })).toBeUndefined();
  });
});
