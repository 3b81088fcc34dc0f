import * as z from "zod";
import type { Seat } from "../../shared/domain/authority/audience.ts";
import {
  type CommandAnswer,
  type CommandEnvelope,
  commandAnswer,
} from "../../shared/wire/command.ts";
import { type ExerciseStatus, exerciseStatus } from "../../shared/wire/exercise.ts";
import { type PutRecord, putRecord, type StoreMode } from "../../shared/wire/live.ts";
import { type SignedSos, sosKeyAnswer } from "../../shared/wire/sos.ts";
import type { Http, HttpResult } from "./http.ts";
import type { Mode } from "./outbox-item.ts";

/** A wall screen is signed in without being a person. */
const me = z.object({
  officerId: z.string().optional(),
  name: z.string().optional(),
  courtId: z.string(),
  courtName: z.string(),
  title: z.string().optional(),
  seats: z.array(z.string()),
  /** The linked unit of somebody who sits at its desk. */
  unit: z
    .object({
      name: z.string(),
      seat: z.object({ lat: z.number(), lng: z.number() }).optional(),
      courtPhone: z.string().optional(),
    })
    .optional(),
});
export type Me = z.infer<typeof me>;

const demoAccount = z.object({
  login: z.string(),
  password: z.string(),
  name: z.string(),
  title: z.string(),
  courtName: z.string(),
  /** The seat it is meant for. */
  seat: z.string(),
});
export type DemoAccount = z.infer<typeof demoAccount>;

const timelineEntry = z.object({
  seq: z.number(),
  at: z.number(),
  by: z.string().optional(),
  zh: z.string(),
  en: z.string(),
  late: z.boolean().optional(),
});
export type TimelineEntry = z.infer<typeof timelineEntry>;

const revealed = z.object({ value: z.string(), until: z.number() });
export type Revealed = z.infer<typeof revealed>;

const watched = z.object({
  at: z.number(),
  kind: z.enum(["REVEAL", "REVEAL_REFUSED", "UPWARD_LOOK", "TRACK", "OBSERVER"]),
  byCourt: z.string(),
  by: z.string(),
  field: z.string(),
  subject: z.string(),
  reason: z.string().optional(),
  until: z.number().optional(),
});
export type Watched = z.infer<typeof watched>;

const watchers = z.object({ looks: z.array(watched), total: z.number() });
export type Watchers = z.infer<typeof watchers>;

const readiness = z.object({
  status: z.string(),
  reasons: z.array(z.string()).optional(),
  warnings: z.array(z.string()).optional(),
});

const unitMonth = z.object({
  unitId: z.string(),
  name: z.string(),
  kind: z.string(),
  courtName: z.string(),
  requests: z.number(),
  onTime: z.number(),
  overdue: z.number(),
  refused: z.number(),
  running: z.number(),
  takenBack: z.number(),
});
export type UnitMonth = z.infer<typeof unitMonth>;
const unitMonths = z.object({ at: z.number(), units: z.array(unitMonth) });
export type UnitMonths = z.infer<typeof unitMonths>;

const nothing = z.unknown().transform(() => undefined);
const listed = z.array(putRecord);

export interface RevealRequest {
  readonly subject?: string;
  readonly officer?: string;
  readonly field: string;
  readonly reason: string;
}

/** Who a subject is, in clear: goes to the vault only, before the command that names it. */
export interface SubjectIdentity {
  readonly name: string;
  readonly idNumber?: string;
  readonly phone?: string;
  readonly address?: string;
  readonly plate?: string;
}

const deployment = z.object({ name: z.string(), mode: z.enum(["LIVE", "DEMO", "EXERCISE"]) });
export type Deployment = z.infer<typeof deployment>;

/** The server's HTTP calls by name. */
export interface Api {
  /** Who looked at this court from outside within so many days. */
  watchers(days: number): Promise<HttpResult<Watchers>>;
  login(login: string, password: string): Promise<HttpResult<Me>>;
  logout(): Promise<HttpResult<undefined>>;
  me(): Promise<HttpResult<Me>>;
  /** What a page without a live channel can know of the store; undefined when nobody says. */
  storeMode(): Promise<StoreMode | undefined>;
  /** Only in DEMO; 404 elsewhere. */
  demoAccounts(): Promise<HttpResult<readonly DemoAccount[]>>;
  /** Whose server this is and of what kind; needs no session. */
  deployment(): Promise<HttpResult<Deployment>>;
  /** How the exercise stands; 404 where there is none. */
  exercise(): Promise<HttpResult<ExerciseStatus>>;
  reveal(request: RevealRequest): Promise<HttpResult<Revealed>>;
  putSubject(id: string, identity: SubjectIdentity, inMode?: Mode): Promise<HttpResult<unknown>>;
  timeline(type: string, id: string): Promise<HttpResult<readonly TimelineEntry[]>>;
  closedRecords(type: string): Promise<HttpResult<readonly PutRecord[]>>;
  /** What linked units were asked in a month (`2026-11`), as far as this seat may know. */
  unitMonth(month: string): Promise<HttpResult<UnitMonths>>;
  enrolDevice(code: string): Promise<HttpResult<{ token: string; deviceId: string }>>;
  command(
    envelope: CommandEnvelope,
    timeoutMs?: number,
    asOfficer?: string,
    inMode?: Mode,
  ): Promise<HttpResult<CommandAnswer>>;
  enrolSosKey(publicKey: string): Promise<HttpResult<{ keyId: string }>>;
  /** A call for help by the key of this phone; needs no session. */
  sos(signed: SignedSos, timeoutMs: number, inMode?: Mode): Promise<HttpResult<CommandAnswer>>;
}

const storeModeOf = ({ reasons = [], warnings = [] }: z.infer<typeof readiness>): StoreMode => {
  if (reasons.includes("STORE_UNAVAILABLE")) return "UNAVAILABLE";
  return warnings.includes("STORE_READ_ONLY") ? "READ_ONLY" : "OK";
};

const at = (text: string) => encodeURIComponent(text);

const query = (named: Record<string, string | undefined>): string => {
  const given = Object.entries(named).filter((pair): pair is [string, string] => !!pair[1]);
  return given.length === 0 ? "" : `?${new URLSearchParams(given)}`;
};

/** `seat` decides which view answers questions about records. */
export function createApi(http: Http, seat?: Seat): Api {
  const get = <T>(path: string, schema: z.ZodType<T>) => http.call({ method: "GET", path, schema });
  const post = <T>(path: string, body: unknown, schema: z.ZodType<T>) =>
    http.call({ method: "POST", path, body, schema });
  return {
    async login(login, password) {
      const done = await post("/api/login", { login, password }, me.nullable());
      if (!done.ok) return done;
      return done.value ? { ok: true, value: done.value } : get("/api/me", me);
    },
    logout: () => post("/api/logout", {}, nothing),
    me: () => get("/api/me", me),
    async storeMode() {
      const done = await get("/readyz", readiness);
      const said = done.ok ? done.value : readiness.safeParse(done.failure.body).data;
      return said && storeModeOf(said);
    },
    watchers: (days) =>
      http.call({ method: "GET", path: `/api/watchers?days=${days}`, schema: watchers }),
    demoAccounts: () => get("/api/demo-accounts", z.array(demoAccount)),
    deployment: () => get("/api/deployment", deployment),
    exercise: () => get("/api/exercise", exerciseStatus),
    reveal: (request) => post("/api/reveal", request, revealed),
    putSubject: (id, identity, inMode) =>
      http.call({
        inMode,
        method: "PUT",
        path: `/api/subjects/${at(id)}`,
        body: identity,
        schema: z.unknown(),
      }),
    timeline: (type, id) =>
      get(`/api/timeline/${at(type)}/${at(id)}${query({ seat })}`, z.array(timelineEntry)),
    closedRecords: (type) => get(`/api/records${query({ type, closed: "1", seat })}`, listed),
    unitMonth: (month) => get(`/api/units/summary${query({ month, seat })}`, unitMonths),
    enrolDevice: (code) =>
      post("/api/devices/enrol", { code }, z.object({ token: z.string(), deviceId: z.string() })),
    command: (envelope, timeoutMs, asOfficer, inMode) =>
      http.call({
        asOfficer,
        inMode,
        method: "POST",
        path: "/api/commands",
        body: envelope,
        schema: commandAnswer,
        ...(timeoutMs === undefined ? {} : { timeoutMs }),
      }),
    enrolSosKey: (publicKey) => post("/api/sos/keys", { publicKey }, sosKeyAnswer),
    sos: (signed, timeoutMs, inMode) =>
      http.call({
        inMode,
        method: "POST",
        path: "/api/sos",
        body: signed,
        schema: commandAnswer,
        timeoutMs,
      }),
  };
}
