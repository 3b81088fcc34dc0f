/**
 * INV-16: everything that edge and application can refuse a command for, tried with a call for help
 * signed by an enrolled key. Each situation first shows that it refuses something else.
 */
import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { demoUnitId } from "../../server/demo/commands.ts";
import { PROBLEMS } from "../../server/edge/http/problems.ts";
import { AUTHORITY_REFUSALS } from "../../shared/domain/authority/can.ts";
import { DECIDE_REFUSALS } from "../../shared/domain/decide.ts";
import { INCIDENT_REFUSALS } from "../../shared/domain/incident/refusals.ts";
import type { CommandAnswer, CommandEnvelope } from "../../shared/wire/command.ts";
import { type DemoPeople, demoPeople } from "../support/server/demo-people.ts";
import { envelope, isAccepted } from "../support/server/envelope.ts";
import { type Credentials, type HttpAnswer, request } from "../support/server/http-client.ts";
import { type ServerHere, startHere } from "../support/server/server-here.ts";
import { type SosPhone, sosCall, sosPhone } from "../support/server/sos-phone.ts";
import { tried } from "../support/trials.ts";

/** An officer whom no other situation knows, signed in once so that the key is enrolled. */
interface Officer {
  readonly id: string;
  readonly courtId: string;
  readonly cookie: string;
  readonly deviceToken: string;
  readonly phone: SosPhone;
}

interface Tried {
  readonly call?: Readonly<Record<string, unknown>>;
  readonly who?: Credentials;
  readonly headers?: Readonly<Record<string, string>>;
  readonly path?: string;
  /** What the same situation says to something that is no call for help. */
  readonly elsewhere: HttpAnswer;
}

interface Situation {
  readonly what: string;
  /** The code that something else is refused with. */
  readonly code: string;
  readonly marked: boolean;
  readonly enter: (officer: Officer) => Promise<Tried>;
}

let here: ServerHere;
let people: DemoPeople;
let officers: Generator<string>;

const send = (who: Credentials, body: unknown, path = "/api/commands") =>
  request(here.url, "POST", path, who, body);
const report = (more: Partial<CommandEnvelope> = {}) =>
  envelope("incident.report", v7(), { kind: "MEDICAL", level: "GENERAL" }, more);
/** A request of administrators, which no police officer and no other administrator may make. */
const enable = (id: string) => envelope("officer.enable", id);

async function order(as: "secadmin" | "sysadmin", kind: string, id: string, payload = {}) {
  const cookie = await here.cookieOf(people.of(`gaoyuan.${as}`).id);
  const { json } = await send({ cookie }, envelope(kind, id, payload));
  expect(json).toMatchObject({ outcome: "ACCEPTED" });
}

function* policeOf(all: DemoPeople["all"]): Generator<string> {
  for (const { id, deviceId } of all) if (deviceId && id.endsWith("-police")) yield id;
}

async function someOfficer(): Promise<Officer> {
  const { value: id } = officers.next();
  const officer = here.server.kernel.replica.world.get("officer", id);
  if (!officer) throw new Error("the province has run out of police");
  const cookie = await here.cookieOf(officer.id);
  const device = here.server.handout?.devices.find((each) => each.officerId === officer.id);
  return {
    id: officer.id,
    courtId: officer.courtId,
    cookie,
    deviceToken: device?.token ?? "",
    phone: await sosPhone(here.url, { cookie }),
  };
}

/** The cookie of a new person at the desk of the court's police unit. */
async function unitPerson(courtId: string): Promise<string> {
  const id = v7();
  const unitId = demoUnitId(courtId);
  const content = {
    courtId,
    unitId,
    name: "李警官",
    title: "民警",
    badgeNo: id.slice(-12),
    gender: "F",
  };
  await order("sysadmin", "officer.register", id, content);
  await order("secadmin", "officer.grant", id, { role: "LIAISON_USER" });
  return here.cookieOf(id);
}

/** The first call of an officer has rung; who acts on it at the court above his. */
async function rungBefore({ courtId, phone }: Officer) {
  const first = sosCall();
  await phone.call(first);
  const record = incidentOf(first.id)?.id ?? "";
  const { world } = here.server.kernel.replica;
  const aboveId = world.get("court", courtId)?.parentId ?? "";
  const sibling = [...world.all("court")].find(
    ({ id, parentId }) => parentId === aboveId && id !== courtId,
  );
  const above = { cookie: await here.cookieOf(`${aboveId}-duty`) };
  return { record, above, siblingId: sibling?.id ?? "" };
}

const incidentOf = (commandId: string) =>
  [...here.server.kernel.replica.world.all("incident")].find((each) =>
    each.commandIds.includes(commandId),
  );

const codeOf = ({ json }: HttpAnswer): unknown => {
  const said = json as { readonly code?: string; readonly refusal?: { readonly code: string } };
  return said.refusal?.code ?? said.code;
};

const SIGNED_OUT: readonly Situation[] = [
  {
    what: "nobody is signed in",
    code: "NOT_SIGNED_IN",
    marked: true,
    enter: async () => ({ elsewhere: await send({}, report()) }),
  },
  {
    what: "the officer has signed out",
    code: "NOT_SIGNED_IN",
    marked: true,
    enter: async ({ cookie }) => {
      expect((await send({ cookie }, {}, "/api/logout")).status).toBe(204);
      return { who: { cookie }, elsewhere: await send({ cookie }, report()) };
    },
  },
  {
    what: "the session has been revoked",
    code: "SESSION_REVOKED",
    marked: true,
    enter: async ({ id, cookie }) => {
      const { json } = await request(here.url, "GET", "/api/me", { cookie });
      const { sessionId } = json as { readonly sessionId: string };
      await order("secadmin", "officer.revokeSession", id, { sessionId });
      return { who: { cookie }, elsewhere: await send({ cookie }, report()) };
    },
  },
  {
    what: "the account is disabled",
    code: "ACCOUNT_DISABLED",
    marked: true,
    enter: async ({ id, cookie }) => {
      await order("secadmin", "officer.disable", id);
      return { who: { cookie }, elsewhere: await send({ cookie }, report()) };
    },
  },
  {
    what: "the phone is revoked",
    code: "DEVICE_REVOKED",
    marked: true,
    enter: async ({ deviceToken }) => {
      await order("sysadmin", "device.revoke", deviceToken.split(".")[0] ?? "");
      const who = { device: deviceToken };
      return { who, elsewhere: await send(who, report()) };
    },
  },
  {
    what: "somebody else is signed in on the phone",
    code: "ROLE_REQUIRED",
    marked: true,
    enter: async ({ id }) => {
      const who = { cookie: await here.cookieOf(people.of("gaoyuan.duty").id) };
      return { who, elsewhere: await send(who, enable(id)) };
    },
  },
  {
    what: "a person of a linked unit is signed in on the phone",
    code: "NOT_FOR_UNIT",
    marked: true,
    enter: async ({ courtId }) => {
      const who = { cookie: await unitPerson(courtId) };
      return { who, elsewhere: await send(who, report()) };
    },
  },
  {
    what: "the caller is a wall screen",
    code: "PERSON_NEEDED",
    marked: true,
    enter: async () => {
      const who = { device: here.server.handout?.walls[0]?.token ?? "" };
      return { who, elsewhere: await send(who, report()) };
    },
  },
  {
    what: "sign-ins are limited after guesses",
    code: "TOO_MANY_SIGN_INS",
    marked: true,
    enter: async () => {
      const guess = () => send({}, { login: "jiangan.police", password: "guess" }, "/api/login");
      let elsewhere = await guess();
      for (let n = 0; n < 6; n += 1) elsewhere = await guess();
      return { elsewhere };
    },
  },
  {
    what: "the password is wrong",
    code: "WRONG_PASSWORD",
    marked: true,
    enter: async () => {
      const guess = { login: "jiangan.judge", password: "guess" };
      return { elsewhere: await send({}, guess, "/api/login") };
    },
  },
];

const SIGNED_IN: readonly Situation[] = [
  {
    what: "the phone expects another officer's session",
    code: "OTHER_OFFICER",
    marked: false,
    enter: async ({ cookie }) => {
      const who = { cookie, headers: { "x-officer": "somebody-else" } };
      return { who: { cookie }, headers: who.headers, elsewhere: await send(who, report()) };
    },
  },
  {
    what: "the budget of commands is spent",
    code: "TOO_MANY",
    marked: false,
    enter: async ({ cookie }) => {
      const who = { cookie };
      await Promise.all(Array.from({ length: 100 }, () => send(who, {})));
      return { who, elsewhere: await send(who, report()) };
    },
  },
  ...["https://evil.example", "null", "http://localhost:1"].map(
    (origin): Situation => ({
      what: `the page comes from ${origin}`,
      code: "ORIGIN_REFUSED",
      // A browser sends no SameSite=Strict cookie from there; here it is sent to show the worst.
      marked: false,
      enter: async ({ cookie }) => {
        const who = { cookie, headers: { origin } };
        return { who, headers: { origin }, elsewhere: await send(who, report()) };
      },
    }),
  ),
  {
    what: "the browser says cross-site and no Origin",
    code: "ORIGIN_REFUSED",
    marked: true,
    enter: async () => {
      const headers = { "sec-fetch-site": "cross-site" };
      return { headers, elsewhere: await send({ headers }, report()) };
    },
  },
  {
    what: "the officer has no right left",
    code: "ROLE_REQUIRED",
    marked: false,
    enter: async ({ id, cookie }) => {
      await order("secadmin", "officer.revokeGrant", id, { role: "JUDICIAL_POLICE" });
      return { who: { cookie }, elsewhere: await send({ cookie }, enable(id)) };
    },
  },
  {
    what: "the record its id names is another court's",
    code: "WRONG_COURT",
    marked: false,
    enter: async ({ cookie }) => {
      const other = await someOfficer();
      const first = sosCall();
      await other.phone.call(first);
      const record = incidentOf(first.id)?.id ?? "";
      const { ref } = envelope("incident.seen", record);
      const elsewhere = await send({ cookie }, envelope("incident.acknowledge", record));
      return { who: { cookie }, call: sosCall({ ref }), elsewhere };
    },
  },
  {
    what: "the record its id names has ended",
    code: "INCIDENT_ENDED",
    marked: false,
    enter: async ({ courtId, cookie, phone }) => {
      const first = sosCall();
      await phone.call(first);
      const record = incidentOf(first.id)?.id ?? "";
      const desk = { cookie: await here.cookieOf(`${courtId}-duty`) };
      const end = envelope("incident.falseAlarm", record, { reason: "误触，已电话核实" });
      expect((await send(desk, end)).json).toMatchObject({ outcome: "ACCEPTED" });
      const elsewhere = await send(desk, envelope("incident.acknowledge", record));
      return {
        who: { cookie },
        call: sosCall({ ref: { type: "incident", id: record } }),
        elsewhere,
      };
    },
  },
  {
    what: "a court above has taken the record its id names",
    code: "TAKEN_BY_HIGHER",
    marked: false,
    enter: async (officer) => {
      const { record, above } = await rungBefore(officer);
      const take = () => send(above, envelope("incident.take", record));
      expect((await take()).json).toMatchObject({ outcome: "ACCEPTED" });
      const call = sosCall({ ref: { type: "incident", id: record } });
      return { who: { cookie: officer.cookie }, call, elsewhere: await take() };
    },
  },
  {
    what: "another court helps with the record its id names",
    code: "ASSIST_RUNNING",
    marked: false,
    enter: async (officer) => {
      const { record, above, siblingId } = await rungBefore(officer);
      const assist = () => send(above, envelope("incident.assist", record, { courtId: siblingId }));
      expect((await assist()).json).toMatchObject({ outcome: "ACCEPTED" });
      const helper = { cookie: await here.cookieOf(`${siblingId}-duty`) };
      const seen = await send(helper, envelope("incident.acknowledge", record));
      expect(seen.json).toMatchObject({ outcome: "ACCEPTED" });
      const call = sosCall({ ref: { type: "incident", id: record } });
      return { who: { cookie: officer.cookie }, call, elsewhere: await assist() };
    },
  },
  {
    what: "the revision is an old one",
    code: "STALE",
    marked: false,
    enter: async ({ courtId, cookie, phone }) => {
      const first = sosCall();
      await phone.call(first);
      const record = incidentOf(first.id)?.id ?? "";
      const desk = { cookie: await here.cookieOf(`${courtId}-duty`) };
      await send(desk, envelope("incident.confirm", record));
      const elsewhere = await send(desk, envelope("incident.respond", record, {}, { rev: 1 }));
      return { who: { cookie }, call: sosCall({ rev: 0 }), elsewhere };
    },
  },
  ...(
    [
      ["no operation has this id", { payload: { operationId: "no-such-operation" } }],
      ["no detention has this id", { payload: { detentionId: "no-such-detention" } }],
    ] as const
  ).map(
    ([what, more]): Situation => ({
      what,
      code: "NO_SUCH_RECORD",
      marked: false,
      enter: async ({ cookie }) => ({
        who: { cookie },
        call: sosCall(more),
        elsewhere: await send({ cookie }, envelope("incident.seen", "no-such-incident")),
      }),
    }),
  ),
  {
    what: "the record is of another kind",
    code: "UNKNOWN_COMMAND",
    marked: false,
    enter: async ({ cookie }) => {
      const ref = { type: "operation", id: "o" };
      return {
        who: { cookie },
        call: sosCall({ ref }),
        elsewhere: await send({ cookie }, report({ ref })),
      };
    },
  },
  ...(
    [
      ["the battery is no number", { payload: { battery: "full" } }],
      ["the place is nowhere", { payload: { place: { lat: 300, lng: 500 } } }],
      ["the payload has an unknown field", { payload: { level: "MAJOR" } }],
      ["the payload is a text", { payload: "help" }],
      ["there is no payload", { payload: undefined }],
      ["there is an unknown field", { court: "x" }],
      ["the cursor is nonsense", { knownSeq: "?", knownAt: -1 }],
      ["the cursor is from the future", { knownSeq: 999_999_999 }],
      ["the times are nonsense", { deviceAt: "now", ageMs: -5, statedAt: [] }],
      ["the record id cannot be one", { ref: { type: "incident", id: "求助" } }],
      ["there is no record id", { ref: undefined }],
      [
        "the payload is very deep",
        { payload: { place: JSON.parse(`${"[".repeat(40)}${"]".repeat(40)}`) } },
      ],
    ] as readonly (readonly [string, object])[]
  ).map(
    ([what, more]): Situation => ({
      what,
      code: "MALFORMED",
      marked: false,
      enter: async ({ cookie }) => ({
        who: { cookie },
        call: { ...sosCall(), ...more },
        elsewhere: await send({ cookie }, { ...report(), payload: { x: 1 } }),
      }),
    }),
  ),
  {
    what: "the address has parameters that are malformed elsewhere",
    code: "QUERY_INVALID",
    marked: false,
    enter: async ({ cookie }) => ({
      who: { cookie },
      path: "/api/sos?type=a&type=b",
      elsewhere: await request(here.url, "GET", "/api/records?type=a&type=b", { cookie }),
    }),
  },
];

/** The session's end moves the clock of the whole server: these come last. */
const EXPIRED: readonly Situation[] = (
  [
    ["the session has ended", 13],
    ["the session ended four days ago", 100],
  ] as const
).map(([what, hours]) => ({
  what,
  code: "SESSION_EXPIRED",
  marked: true,
  enter: async ({ id, cookie }) => {
    here.clock.push(hours * 3_600_000);
    return { who: { cookie }, elsewhere: await send({ cookie }, enable(id)) };
  },
}));

/** What a signed call never meets, and why; a new code must be tried above or be named here. */
const NEVER_MET: Readonly<Record<string, string>> = {
  BODY_INVALID: "without envelope, key and signature in their form there is no signed call",
  BODY_NOT_JSON: "no signature can be read",
  BODY_TOO_LARGE: "a call of the phone has some hundred bytes",
  BODY_TYPE: "no signature can be read",
  NOT_FOUND: "of other addresses",
  METHOD_NOT_ALLOWED: "of other methods",
  SOS_KEY_UNKNOWN: "the key is not enrolled",
  OTHER_MODE: "a call that was played rings nothing real, nor the reverse (OUT-13)",
  SOS_FORGED: "the signature is not the key's",
  SUBJECT_DIFFERENT: "of another route",
  TOO_FAR: "of looks at the past",
  TOO_NEAR: "of looks at the past",
  FIELD_EMPTY: "of another route",
  CODE_UNKNOWN: "of another route",
  DEVICE_REFUSED: "of another route",
  CLIENT_NOT_BUILT: "of pages",
  ROLE_REFUSED: "of routes that ask for a role; the right of the command is tried",
  STORE_UNAVAILABLE: "the emergency journal takes it; the phone tries on if that fails too",
  INTERNAL: "a fault of the program",
  ALREADY_EXISTS: "an SOS names a new record or an old one",
  ID_REUSED: "the id stands for another command already (INV-4); tried below",
  CANNOT_FOLD: "a fault of the program",
  CLOCK_NOT_DUE: "of the server's own commands",
  ONLY_SYSTEM: "of the server's own commands",
  NOT_FOR_SYSTEM: "the server itself never calls for help",
  NO_SUCH_ACTION: "of unknown kinds",
  DIFFERENT_PERSON_REQUIRED: "of approvals",
  LEVEL_BY_CASUALTIES: "an SOS names no level",
  DOWNGRADE_NEEDS_REASON: "an SOS names no level",
  SEAT_ENDED: "of making an observer's account anew; an observer never calls for help",
  INCIDENT_NOT_READY: "an SOS is no step of an incident",
  DESIGNATE_BELOW: "an SOS designates no court",
  ALREADY_HOLDS: "an SOS designates no court",
  NOT_THE_HOLDER: "an SOS hands nothing back and names no helper",
  NO_WAY_BACK: "an SOS hands nothing back",
  NOTHING_TO_SIGN: "an SOS signs no hand-over",
  DEADLINE_PAST: "an SOS sets no deadline",
  DEADLINE_OVER: "an SOS sets no deadline",
  DEADLINE_FROM_ABOVE: "an SOS sets no deadline",
  NO_ASSIST_ASKED: "an SOS neither declines help nor ends it",
  ASSIST_ORDERED: "an SOS declines no help",
  ASSIST_BY_OTHERS: "an SOS names no helper",
  NOT_OF_THAT_COURT: "an SOS names no helper",
};

describe("a call for help that an enrolled key signed", () => {
  beforeAll(async () => {
    here = await startHere();
    people = await demoPeople();
    officers = policeOf(people.all);
  });
  afterAll(() => here.close());

  it.each([...SIGNED_OUT, ...SIGNED_IN, ...EXPIRED])(
    "SOSR-4 rings although $what ($code)",
    async ({ code, marked, enter, what }) => {
      const officer = await someOfficer();
      const { call = sosCall(), elsewhere, ...options } = await enter(officer);
      expect(codeOf(elsewhere)).toBe(code);
      const { status, json } = await officer.phone.call(call, options);
      const id = String(call.id);
      const incident = incidentOf(id);
      const rang =
        status === 200 && isAccepted(json) && incident?.reporterId === officer.id && incident.sos;
      tried(`SOS against a refusal: ${code}`, 1, rang ? 0 : 1);
      expect({ what, status, json }).toMatchObject({
        status: 200,
        json: { id, outcome: "ACCEPTED" },
      });
      expect(incident?.reporterId).toBe(officer.id);
      expect(incident?.unverified).toBe(marked || undefined);
      const onTheDesk = await here.server.kernel.app.records(
        `console:${officer.courtId}`,
        "incident",
        { closed: false, limit: 500 },
      );
      expect(onTheDesk.find((each) => each.id === incident?.id)?.dto.unverified).toBe(
        marked || undefined,
      );
    },
  );

  it("SOSR-4 every code that can be answered is tried above, or is named with why it is never met", () => {
    const known = [PROBLEMS, DECIDE_REFUSALS, AUTHORITY_REFUSALS, INCIDENT_REFUSALS];
    const codes = new Set(known.flatMap((list) => Object.keys(list)));
    const met = [...SIGNED_OUT, ...SIGNED_IN, ...EXPIRED].map(({ code }) => code);
    const thought = [...met, ...Object.keys(NEVER_MET)];
    expect([...codes].filter((code) => !thought.includes(code))).toEqual([]);
    expect(thought.filter((code) => !codes.has(code))).toEqual([]);
    expect(Object.keys(NEVER_MET).filter((code) => met.includes(code))).toEqual([]);
  });

  it("SOSR-3 only the answer comes back, and it is the same by every road", async () => {
    const { phone, cookie } = await someOfficer();
    const call = sosCall();
    const [byKey, byPost, again] = [
      await phone.call(call),
      await send({ cookie }, call),
      await phone.call(call, { who: { cookie } }),
    ].map(({ json }) => json as CommandAnswer);
    expect(Object.keys(byKey ?? {}).sort()).toEqual(["at", "hash8", "id", "outcome", "seq"]);
    expect([byPost, again]).toEqual([byKey, byKey]);
    expect(incidentOf(call.id)).toMatchObject({ repeats: 0, commandIds: [call.id] });
  });

  it("SOSR-3 a wrong signature, an unknown key and another kind ring nothing; the first is recorded once", async () => {
    const { phone } = await someOfficer();
    const other = await someOfficer();
    const call = sosCall();
    const signed = await phone.sign(call);
    const post = (body: unknown) => send({}, body, "/api/sos");
    const forged = [
      { ...signed, envelope: { ...call, payload: { battery: 1 } } },
      { ...signed, keyId: other.phone.keyId },
      { ...signed, signature: "A".repeat(86) },
    ];
    for (const body of forged) expect(codeOf(await post(body))).toBe("SOS_FORGED");
    expect(codeOf(await post({ ...signed, keyId: "B".repeat(43) }))).toBe("SOS_KEY_UNKNOWN");
    expect(codeOf(await phone.call(report()))).toBe("BODY_INVALID");
    expect(incidentOf(call.id)).toBeUndefined();
    const access = await here.stores.access.read(0, 100_000);
    const of = ({ keyId }: SosPhone) =>
      access
        .map(({ body }) => Buffer.from(body))
        .filter((body) => body.includes(keyId) && body.includes("SECURITY")).length;
    expect([of(phone), of(other.phone)]).toEqual([1, 1]);
  });

  it("SOSR-4 an id that stands for another command takes no effect and is recorded (INV-4)", async () => {
    const { phone, cookie } = await someOfficer();
    const first = report();
    await send({ cookie }, first);
    expect(codeOf(await phone.call(sosCall({ id: first.id })))).toBe("ID_REUSED");
  });

  it("SOSR-2 a key is recorded once in the access stream, and the newest five of an officer count", async () => {
    const { id } = await someOfficer();
    const cookie = await here.cookieOf(id);
    const phones: SosPhone[] = [];
    for (let n = 0; n < 6; n += 1) {
      phones.push(await sosPhone(here.url, { cookie }));
      here.clock.push(1);
    }
    const [oldest, , newest] = [phones[0], phones[1], phones[5]];
    const again = await send({ cookie }, { publicKey: newest?.publicKey }, "/api/sos/keys");
    expect(again.json).toEqual({ keyId: newest?.keyId });
    expect(codeOf((await oldest?.call(sosCall())) as HttpAnswer)).toBe("SOS_KEY_UNKNOWN");
    expect((await newest?.call(sosCall()))?.json).toMatchObject({ outcome: "ACCEPTED" });
    const access = await here.stores.access.read(0, 100_000);
    const entries = access.filter(({ body }) => Buffer.from(body).includes(newest?.keyId ?? "-"));
    expect(entries.length).toBe(1);
  });

  it("SOSR-2 strangers, wall screens, administrators and people of linked units enrol no key, and what is no key is none", async () => {
    const { phone, cookie, courtId } = await someOfficer();
    const { publicKey } = phone;
    const enrol = async (who: Credentials, body: unknown = { publicKey }) =>
      codeOf(await send(who, body, "/api/sos/keys"));
    const admin = { cookie: await here.cookieOf(people.of("gaoyuan.sysadmin").id) };
    expect(await enrol({})).toBe("NOT_SIGNED_IN");
    expect(await enrol({ device: here.server.handout?.walls[0]?.token ?? "" })).toBe(
      "PERSON_NEEDED",
    );
    expect(await enrol(admin)).toBe("ROLE_REFUSED");
    expect(await enrol({ cookie: await unitPerson(courtId) })).toBe("ROLE_REFUSED");
    expect(await enrol({ cookie }, { publicKey: "B".repeat(87) })).toBe("BODY_INVALID");
    expect(await enrol({ cookie }, { publicKey, officerId: "other" })).toBe("BODY_INVALID");
  });

  it("SOSR-7 1,000 calls of a stolen key are one alarm of few commits, and others ring beside it", async () => {
    const stolen = await someOfficer();
    const other = await someOfficer();
    const before = here.server.kernel.replica.tail.seq;
    const calls = Array.from({ length: 1_000 }, () => sosCall());
    const answers: unknown[] = [];
    for (let at = 0; at < calls.length; at += 50) {
      const part = calls.slice(at, at + 50).map((call) => stolen.phone.call(call));
      answers.push(...(await Promise.all(part)).map(({ json }) => json));
    }
    expect(answers.filter(isAccepted).length).toBe(1_000);
    const his = [...here.server.kernel.replica.world.all("incident")].filter(
      ({ reporterId }) => reporterId === stolen.id,
    );
    expect(his.length).toBe(1);
    expect(his[0]?.unverified).toBe(true);
    expect(here.server.kernel.replica.tail.seq - before).toBeLessThan(40);
    const call = sosCall();
    expect((await other.phone.call(call)).json).toMatchObject({ outcome: "ACCEPTED" });
    expect(incidentOf(call.id)?.reporterId).toBe(other.id);
  });
});
