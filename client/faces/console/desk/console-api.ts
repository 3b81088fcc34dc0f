import * as z from "zod";
import type { Ref } from "../../../../shared/domain/kernel/ref.ts";
import type { Http, HttpResult } from "../../../link/http.ts";

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

const watched = z.object({
  at: z.number(),
  kind: z.enum(["REVEAL", "REVEAL_REFUSED", "UPWARD_LOOK", "OBSERVER"]),
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

const seatCredentials = z.object({ login: z.string(), password: z.string() });
export type SeatCredentials = z.infer<typeof seatCredentials>;

const interferenceRow = z.object({
  id: z.string(),
  dto: z.object({
    caseNo: z.string(),
    approacher: z.string(),
    approachedBy: z.string(),
    approachedAt: z.number(),
    recordedAt: z.number(),
    recorder: z.string().optional(),
    who: z.unknown(),
    asked: z.unknown(),
    answered: z.unknown().optional(),
  }),
});
export type InterferenceRow = z.infer<typeof interferenceRow>;

export interface RevealAsk {
  readonly subject: string;
  readonly field: string;
  readonly reason?: string;
}

/** Questions of the console's seat, asked as that seat so that rights are its own. */
export interface ConsoleApi {
  timeline(ref: Ref): Promise<HttpResult<readonly TimelineEntry[]>>;
  reveal(ask: RevealAsk): Promise<HttpResult<Revealed>>;
  /** Who looked at this court within so many days. */
  watchers(days: number): Promise<HttpResult<Watchers>>;
  /** Login and password of an observer's seat, given this once. */
  seatAccount(id: string): Promise<HttpResult<SeatCredentials>>;
  /** Asked as the president's seat. */
  interference(): Promise<HttpResult<readonly InterferenceRow[]>>;
}

const at = (text: string) => encodeURIComponent(text);

export const createConsoleApi = (http: Http): ConsoleApi => ({
  timeline: ({ type, id }) =>
    http.call({
      method: "GET",
      path: `/api/timeline/${at(type)}/${at(id)}?seat=console`,
      schema: z.array(timelineEntry),
    }),
  watchers: (days) =>
    http.call({ method: "GET", path: `/api/watchers?days=${days}`, schema: watchers }),
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
      schema: z.array(interferenceRow),
    }),
  reveal: (body) => http.call({ method: "POST", path: "/api/reveal", body, schema: revealed }),
});
