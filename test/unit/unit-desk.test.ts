import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { takeSeat } from "../../server/edge/live/sign-in.ts";
import type { SignedIn } from "../../server/edge/sessions.ts";
import { actorOf } from "../../shared/domain/authority/actor.ts";
import { ROLES } from "../../shared/domain/authority/roles.ts";
import { seatsOf } from "../../shared/domain/authority/seats.ts";
import { AUTHORITY } from "../../shared/domain/authority/table.ts";
import { decide } from "../../shared/domain/decide.ts";
import type { Ref } from "../../shared/domain/kernel/ref.ts";
import { commandEntry, moduleOf } from "../../shared/domain/modules.ts";
import { projectDto } from "../../shared/domain/project.ts";
import { UNIT_KINDS } from "../../shared/domain/unit/kinds.ts";
import { LIAISON_CATALOGUE } from "../../shared/domain/unit/liaison-catalogue.ts";
import { liaisonPayloads } from "../../shared/wire/payloads/liaison.ts";
import { SAMPLES } from "../oracle/samples.ts";
import { leaks } from "../support/domain/deep-scan.ts";
import { liaisonUser, officer, operation, province, unit } from "../support/domain/province.ts";
import { Story, type When } from "../support/domain/story.ts";

const NOTE = { id: "t1", hash: "h1" };
const SUBJECT = { id: "s1", label: "张**", sex: "M", ageBand: "18_69", flags: ["HEALTH"] };
const CASE = "(2026)鄂0102执1号";

const world = (): Story =>
  new Story([
    ...province(),
    unit("bank1", "jiangan", "BANK"),
    liaisonUser("station1", "jiangan"),
    liaisonUser("station2", "jiangan"),
    liaisonUser("bank1", "jiangan"),
    liaisonUser("house1", "wuhan"),
    officer("jiangan.admin", "jiangan", "SYSTEM_ADMIN", "SECURITY_ADMIN"),
    operation(),
  ]);

const police = (story: Story, id: string, unitId: string, more: object = {}) =>
  story.accepted({
    by: "jiangan.judge",
    kind: "police.send",
    ref: { type: "police", id },
    payload: { kind: "SCENE_SUPPORT", urgency: "P2", unitId, operationId: "op1", ...more },
  });

const liaison = (story: Story, id: string) =>
  story.accepted({
    by: "jiangan.judge",
    kind: "liaison.send",
    ref: { type: "liaison", id },
    payload: {
      unitId: "bank1",
      service: "FREEZE",
      caseNo: CASE,
      noticeNo: "N1",
      rulingNo: "R1",
      subject: SUBJECT,
    },
  });

describe("people of a unit", () => {
  const register = (story: Story, more: object) =>
    story.when({
      by: "jiangan.admin",
      kind: "officer.register",
      ref: { type: "officer", id: "new" },
      payload: {
        courtId: "jiangan",
        name: "李",
        title: "民警",
        badgeNo: "P1",
        gender: "F",
        ...more,
      },
    });

  it("UNIT-1 they are registered by the court that registered the unit, into no team", () => {
    const story = world();
    const code = (more: object) => {
      const decision = register(story, more);
      return decision.ok ? undefined : decision.refusal.code;
    };
    expect(code({ unitId: "house1" })).toBe("NOT_A_UNIT_OF_THE_COURT");
    expect(code({ unitId: "nowhere" })).toBe("NOT_A_UNIT_OF_THE_COURT");
    story.state.put({ ...SAMPLES.team, id: "team1" } as never);
    expect(code({ unitId: "station1", teamId: "team1" })).toBe("UNIT_PERSON_IN_TEAM");
    expect(code({ unitId: "station1" })).toBeUndefined();
    expect(actorOf(story.state, "new")).toMatchObject({ unitId: "station1", courtId: "jiangan" });
  });

  it("UNIT-2 they hold the one role, and nobody of a court holds it", () => {
    const story = world();
    register(story, { unitId: "station1" });
    const grant = (id: string, role: string) =>
      story.when({
        by: "jiangan.admin",
        kind: "officer.grant",
        ref: { type: "officer", id },
        payload: { role },
      });
    for (const role of ROLES) {
      const given = grant("new", role);
      expect(given.ok ? "granted" : given.refusal.code).toBe(
        role === "LIAISON_USER" ? "granted" : "ROLE_OF_OTHER_PEOPLE",
      );
    }
    expect(grant("jiangan.judge", "LIAISON_USER")).toMatchObject({
      refusal: { code: "ROLE_OF_OTHER_PEOPLE", ruleId: "UNIT-2" },
    });
  });

  it("UNIT-3 they sit at their unit's desk and nowhere else, and nobody else does", () => {
    const story = world();
    const who = (id: string, roles: readonly string[]) => {
      const person = story.the("officer", id);
      const subject = { kind: "person", officerId: id, login: id };
      return { subject, sessionId: "s", courtId: person.courtId, officer: person, roles };
    };
    const sit = (id: string, roles: readonly string[], seat: "partner" | "console" | "field") =>
      takeSeat(who(id, roles) as SignedIn, seat)?.view;
    expect(seatsOf(["LIAISON_USER"])).toEqual(["partner"]);
    expect(sit("station1.user", ["LIAISON_USER"], "partner")).toBe("partner:station1");
    expect(sit("station1.user", ["LIAISON_USER", "DUTY_OFFICER"], "console")).toBeUndefined();
    expect(sit("station1.user", ["LIAISON_USER", "DUTY_OFFICER"], "field")).toBeUndefined();
    expect(sit("jiangan.duty", ["LIAISON_USER", "DUTY_OFFICER"], "partner")).toBeUndefined();
    expect(sit("jiangan.duty", ["DUTY_OFFICER"], "console")).toBe("console:jiangan");
  });

  it("UNIT-10 they are on consoles only", () => {
    expect(world().views("officer", "station1.user")).toEqual({
      "console:jiangan": "own.console",
      "console:wuhan": "parent.console",
      "console:high": "high.console",
    });
  });
});

describe("what a unit can do", () => {
  /** Every record there is a sample of, and requests of this unit and of another. */
  const full = () => {
    const story = world();
    story.state.put(...Object.values(SAMPLES));
    police(story, "mine", "station1");
    police(story, "other", "station2");
    liaison(story, "bank");
    return story;
  };
  const OWN = [
    ...["police.respond", "police.handOver", "police.release", "police.takeIn"],
    ...["police.decline", "police.finish"],
  ];
  /** Of `mine` and `pol1` the catalogue asks for no custody: an intake is refused by the law. */
  const LAWFUL = OWN.filter((kind) => kind !== "police.takeIn");
  const PAYLOADS_OF: Readonly<Record<string, object>> = {
    "police.respond": { state: "ACKED" },
    "police.handOver": { receivedBy: "王" },
    "police.decline": { reason: NOTE },
    "police.release": {},
    "police.takeIn": { receiptNo: "收1号" },
    "police.finish": {},
  };

  const attempt = (story: Story, by: string, kind: string, ref: Ref, knownSeq: number) => {
    const actor = actorOf(story.state, by);
    if (!actor) throw new Error(`no ${by}`);
    const payload = PAYLOADS_OF[kind] ?? { courtId: "jiangan", toCourtId: "jiangan" };
    const command = { id: "c", kind, ref, payload: { ...payload } as never, knownSeq };
    return decide(story.state, command, {
      actor,
      now: story.now,
      occurred: { earliest: story.now, latest: story.now },
    });
  };

  /** Every command on every record of its kind, and on one that does not exist. */
  const attempts = (story: Story) =>
    Object.keys(AUTHORITY).flatMap((kind) => {
      const entry = commandEntry(kind);
      if (!entry) throw new Error(`no command ${kind}`);
      const existing = story.state.everything().filter(({ type }) => type === entry.type);
      const ids = entry.spec.target === "NEW" ? [] : existing.map(({ id }) => id);
      return [...ids, "fresh"].flatMap((id) =>
        [0, 1, 1_000].map((knownSeq) => {
          const ref: Ref = { type: entry.type, id };
          return { kind, id, decision: attempt(story, "station1.user", kind, ref, knownSeq) };
        }),
      );
    });

  it("UNIT-4 of every command on every record it may only answer its own requests", () => {
    const tried = attempts(full());
    expect(tried.length).toBeGreaterThan(500);
    const allowed = tried.filter(({ decision }) => decision.ok);
    // `pol1`, the sample, is addressed to station1 too.
    expect([...new Set(allowed.map(({ kind, id }) => `${kind} ${id}`))].sort()).toEqual(
      LAWFUL.flatMap((kind) => [`${kind} mine`, `${kind} pol1`]).sort(),
    );
    const elsewhere = tried.filter(({ id }) => id !== "mine" && id !== "pol1");
    const codes = elsewhere.map(({ decision }) => (decision.ok ? "" : decision.refusal.code));
    expect([...new Set(codes)].sort()).toEqual(["NOT_FOR_UNIT", "NO_SUCH_RECORD"]);
  });

  it("UNIT-4 nor do the courts answer in its name", () => {
    const story = full();
    for (const kind of [...OWN, "liaison.respond", "liaison.reply", "liaison.refuse"]) {
      const ref: Ref = kind.startsWith("police")
        ? { type: "police", id: "mine" }
        : { type: "liaison", id: "bank" };
      for (const by of ["jiangan.duty", "jiangan.president", "wuhan.duty", "high.director"]) {
        const decision = attempt(story, by, kind, ref, 0);
        expect(decision.ok ? "accepted" : decision.refusal.code).toBe("WRONG_COURT");
      }
    }
  });

  it("UNIT-4 its controls are those of the table, without who is who in the court", () => {
    const dto = full().dto("police", "mine", "unit.partner");
    expect(Object.keys(dto.acts ?? {}).sort()).toEqual([...OWN].sort());
    expect(dto.parts).toBeUndefined();
  });
});

describe("what a unit sees", () => {
  const all = (story: Story, view: string) =>
    story.state.everything().filter((record) =>
      moduleOf(record.type)
        .audiences(record as never, story.state)
        .some((entry) => entry.view === view || entry.view === "partner:*"),
    );

  const UNITS = ["station1", "station2", "house1"] as const;
  interface Step {
    readonly what: "send" | "reroute" | "respond" | "decline" | "cancel" | "answer";
    readonly request: number;
    readonly unit: (typeof UNITS)[number];
  }
  const step: fc.Arbitrary<Step> = fc.record({
    what: fc.constantFrom("send", "reroute", "respond", "decline", "cancel", "answer"),
    request: fc.nat({ max: 3 }),
    unit: fc.constantFrom(...UNITS),
  });

  const commandOf = ({ what, unit: to }: Step) => {
    const duty = { by: "jiangan.duty", kind: `police.${what}` };
    const answering = { by: `${to}.user`, kind: `police.${what}` };
    const commands: Readonly<Record<string, Omit<When, "ref">>> = {
      reroute: { ...duty, payload: { unitId: to } },
      cancel: { ...duty, payload: { reason: NOTE } },
      answer: { ...duty, payload: { state: "DISPATCHED", saidBy: "王" } },
      respond: { ...answering, payload: { state: "ACKED" } },
      decline: { ...answering, payload: { reason: NOTE } },
    };
    return commands[what];
  };

  /** Plays one step; `addressed` says which unit has each request, reckoned beside the code. */
  function play(story: Story, each: Step, addressed: Map<string, string>): void {
    const id = `p${each.request}`;
    const at = addressed.get(id);
    const command = commandOf(each);
    if (!at) {
      police(story, id, each.unit);
      addressed.set(id, each.unit);
    }
    if (!at || !command || !story.when({ ...command, ref: { type: "police", id } }).ok) return;
    if (each.what === "reroute") addressed.set(id, each.unit);
    else if (command.by.endsWith(".user")) expect(each.unit).toBe(at);
  }

  it("UNIT-5 in any order of sending, sending on, answering and ending: its own of that moment", () => {
    let seen = 0;
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        const story = world();
        const addressed = new Map<string, string>();
        for (const each of steps) {
          play(story, each, addressed);
          for (const unitId of UNITS) {
            const mine = all(story, `partner:${unitId}`).map((record) => record.id);
            const expected = [...addressed].filter(([, has]) => has === unitId).map(([p]) => p);
            seen += expected.length;
            expect(mine.sort()).toEqual(expected.sort());
          }
        }
      }),
      { numRuns: 150 },
    );
    expect(seen).toBeGreaterThan(100);
  });

  it("UNIT-5 nor any other record of the province", () => {
    const story = world();
    story.state.put(...Object.values(SAMPLES));
    expect(all(story, "partner:station1").map(({ id }) => id)).toEqual(["pol1"]);
    expect(all(story, "partner:bank1").map(({ id }) => id)).toEqual(["lia1"]);
    expect(all(story, "partner:station2")).toEqual([]);
  });

  // By hand from authority.md 5.2 and requirements rows 12–19.
  const SHOWN: Readonly<Record<string, readonly string[]>> = {
    LOCATE_PERSON: ["caseNo", "detail", "subject"],
    SEIZE_VEHICLE: ["caseNo", "detail", "orderNo", "place", "plate", "subject"],
    EXIT_BAN: ["caseNo", "decisionNo", "detail", "subject"],
    TEMP_CONTROL: ["caseNo", "condition", "detail", "place", "sceneCommander", "subject"],
    ONLINE_PURSUIT: ["caseNo", "detail", "filingNo", "subject"],
    CUSTODY_INTAKE: ["condition", "decisionNo", "detail", "place", "sceneCommander", "subject"],
    SCENE_SUPPORT: ["detail", "place", "sceneCommander"],
    VIOLENCE_RESPONSE: ["detail", "place", "sceneCommander"],
  };
  const ALWAYS = [
    ...["acts", "addressedAt", "answers", "calendarLoaded", "clocks", "courtId", "courtName"],
    ...["kind", "state", "stateRev", "times", "unitId", "urgency"],
  ];
  const everything = (kind: string) => ({
    kind,
    caseNo: CASE,
    detentionId: "d1",
    incidentId: "i1",
    subject: SUBJECT,
    detail: NOTE,
    place: { lat: 30.6, lng: 114.3 },
    filingNo: "F1",
    decisionNo: "D1",
    orderNo: "O1",
    plate: "鄂A·**123",
  });

  it.each(Object.keys(SHOWN))("UNIT-6 of %s it sees what the service needs", (kind) => {
    const story = world();
    police(story, "p1", "station1", everything(kind));
    const dto = story.dto("police", "p1", "unit.partner");
    expect(Object.keys(dto).sort()).toEqual([...ALWAYS, ...(SHOWN[kind] ?? [])].sort());
    if (dto.subject) expect(dto.subject).toEqual({ id: "s1", label: "张**" });
    if (dto.sceneCommander) expect(dto.sceneCommander).toBe("jiangan.judge");
    story.accepted({
      by: "station1.user",
      kind: "police.finish",
      ref: { type: "police", id: "p1" },
      payload: {},
    });
    const after = Object.keys(story.dto("police", "p1", "unit.partner"));
    expect(after.filter((key) => SHOWN[kind]?.includes(key))).toEqual([]);
  });

  it("UNIT-6 the next unit reads nothing that the one before said", () => {
    const story = world();
    police(story, "p1", "station1");
    const ref: Ref = { type: "police", id: "p1" };
    const payload = { state: "ACKED", note: NOTE };
    story.accepted({ by: "station1.user", kind: "police.respond", ref, payload });
    const on = { unitId: "station2" };
    story.accepted({ by: "jiangan.duty", kind: "police.reroute", ref, payload: on });
    const dto = projectDto(story.the("police", "p1"), story.state, "unit.partner");
    expect(leaks(dto, { keys: ["formerUnits"], texts: ["station1", "t1"] })).toEqual([]);
    const record = story.the("police", "p1");
    const event = { type: "PoliceRequestRerouted", ref, data: { unitId: "station2", clocks: [] } };
    expect(moduleOf("police").line(event, record as never, "unit.partner")).toBeUndefined();
  });
});

describe("the catalogue", () => {
  it("UNIT-8 every entry has two names, a basis, a term and the notice, and stands once", () => {
    for (const spec of LIAISON_CATALOGUE) {
      expect(spec.needs).toContain("noticeNo");
      expect(spec.workingDays).toBeGreaterThan(0);
      for (const words of [spec.name, spec.basis]) {
        expect(words.zh).toMatch(/\p{Script=Han}/u);
        expect(words.en).not.toBe("");
      }
      // Whatever touches a right takes the ruling (查扣冻规定 1).
      if (["SEAL", "SEIZE", "FREEZE", "TRANSFER", "RELEASE"].includes(spec.service))
        expect(spec.needs).toContain("rulingNo");
    }
    const keys = LIAISON_CATALOGUE.map(({ unit: of, service }) => `${of} ${service}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("UNIT-8 every kind of unit of rows 35 and 36 offers something, and the wire can send it", () => {
    const without = UNIT_KINDS.filter(
      (kind) => !LIAISON_CATALOGUE.some(({ unit: of }) => of === kind),
    );
    // A detention house is asked by a police request: CUSTODY_INTAKE.
    expect(without).toEqual(["DETENTION_HOUSE"]);
    for (const { service } of LIAISON_CATALOGUE) {
      const payload = { unitId: "u", service, caseNo: CASE, noticeNo: "N1" };
      expect(liaisonPayloads["liaison.send"].safeParse(payload).success).toBe(true);
    }
  });
});
