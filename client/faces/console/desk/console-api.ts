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

const seatCredentials = z.object({ login: z.string(), password: z.string() });
export type SeatCredentials = z.infer<typeof seatCredentials>;

export interface RevealAsk {
  readonly subject: string;
  readonly field: string;
  readonly reason?: string;
}

/** A record as a list brings it. */
export type Listed<K extends EntityType> = Pick<StoredRecord<K>, "id" | "dto">;

/** Questions of the console's seat, asked as that seat so that rights are its own. */
export interface ConsoleApi {
  timeline(ref: Ref): Promise<HttpResult<readonly TimelineEntry[]>>;
  reveal(ask: RevealAsk): Promise<HttpResult<Revealed>>;
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
