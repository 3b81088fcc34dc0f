import * as z from "zod";
import type { EntityType, Ref } from "../../../../shared/domain/kernel/ref.ts";
import type { Http, HttpResult } from "../../../link/http.ts";
import type { StoredRecord } from "../../../store/dto.ts";

const timelineEntry = z.object({
  seq: z.number(),
  at: z.number(),
  occurredAt: z.number().optional(),
  late: z.boolean().optional(),
  by: z.string().optional(),
  zh: z.string(),
  en: z.string(),
});
export type TimelineEntry = z.infer<typeof timelineEntry>;

const revealed = z.object({
  value: z.string(),
  masked: z.boolean().optional(),
  /** Server ms after which the screen must have hidden it again. */
  until: z.number(),
});
export type Revealed = z.infer<typeof revealed>;

const outboxMessage = z.object({
  id: z.string(),
  text: z.string(),
  at: z.number(),
});
/** What a demonstration would have sent outside; to whom stands in the record, as a role. */
export type OutboxMessage = z.infer<typeof outboxMessage>;
const seatCredentials = z.object({ login: z.string(), password: z.string() });
export type SeatCredentials = z.infer<typeof seatCredentials>;

export interface RevealAsk {
  readonly subject: string;
  readonly field: string;
  readonly reason?: string;
}

/** A record as a list brings it. */
export type Listed<K extends EntityType> = Pick<StoredRecord<K>, "id" | "dto">;
const nearest = z.object({
  courts: z.array(
    z.object({
      courtId: z.string(),
      distanceM: z.number(),
      from: z.enum(["POSITION", "SEAT"]),
      ready: z.number(),
      enough: z.boolean(),
      asked: z.enum(["ORDERED", "REQUESTED"]),
      officerIds: z.array(z.string()).optional(),
    }),
  ),
});
/** A court that could move first, as the server reckons it from last positions. */
export type NearestCourt = z.infer<typeof nearest>["courts"][number];

/** Questions of the console's seat, asked as that seat so that rights are its own. */
export interface ConsoleApi {
  timeline(ref: Ref): Promise<HttpResult<readonly TimelineEntry[]>>;
  /** Courts that could help at an incident, the nearest ready one first. */
  nearest(incidentId: string): Promise<HttpResult<{ readonly courts: readonly NearestCourt[] }>>;
  reveal(ask: RevealAsk): Promise<HttpResult<Revealed>>;
  /** Not found where calls really go out. */
  outbox(): Promise<HttpResult<readonly OutboxMessage[]>>;
  /** Login and password of an observer's seat, given this once. */
  seatAccount(id: string): Promise<HttpResult<SeatCredentials>>;
  /** Asked as the president's seat. */
  interference(): Promise<HttpResult<readonly Listed<"interference">[]>>;
}

const listed = z.array(z.object({ id: z.string(), dto: z.record(z.string(), z.unknown()) }));

const at = (text: string) => encodeURIComponent(text);

export const createConsoleApi = (http: Http): ConsoleApi => ({
  timeline: ({ type, id }) =>
    http.call({
      method: "GET",
      path: `/api/timeline/${at(type)}/${at(id)}?seat=console`,
      schema: z.array(timelineEntry),
    }),
  outbox: () =>
    http.call({
      method: "GET",
      path: "/api/notifications/outbox",
      schema: z.array(outboxMessage),
    }),
  nearest: (incidentId) =>
    http.call({ method: "GET", path: `/api/assist/${at(incidentId)}`, schema: nearest }),
  seatAccount: (id) =>
    http.call({
      method: "POST",
      path: `/api/observers/${at(id)}/account`,
      schema: seatCredentials,
    }),
  interference: () =>
    http.call({
      method: "GET",
      path: "/api/records?type=interference&seat=president&limit=500",
      schema: listed as z.ZodType<readonly Listed<"interference">[]>,
    }),
  reveal: (body) => http.call({ method: "POST", path: "/api/reveal", body, schema: revealed }),
});
