/** People whose screen is not looked at: they act through the same API as everybody. */
import type { CommandAnswer } from "../../../shared/wire/command.ts";
import { commandAnswer } from "../../../shared/wire/command.ts";
import { askedAgain } from "../server/asked-again.ts";
import { envelope } from "../server/envelope.ts";
import { request, signIn } from "../server/http-client.ts";

export interface Someone {
  readonly officerId: string;
  readonly courtId: string;
  readonly name: string;
  /** Answered by the log: taken or refused. */
  command(kind: string, id: string, payload?: Record<string, unknown>): Promise<CommandAnswer>;
  /** Live records of a type as this person's seat sees them. */
  records(type: string): Promise<readonly SeenRecord[]>;
  timeline(type: string, id: string): Promise<readonly TimelineEntry[]>;
}

export interface SeenRecord {
  readonly id: string;
  readonly dto: Readonly<Record<string, unknown>>;
}

export interface TimelineEntry {
  readonly zh: string;
  readonly late?: boolean;
}

/** Neither "try again" nor kept in the journal alone. */
const isOfTheLog = ({ status, json }: Awaited<ReturnType<typeof request>>): boolean =>
  status !== 503 && (json as { outcome?: unknown } | null)?.outcome !== "JOURNALLED";

export async function someone(url: string, login: string): Promise<Someone> {
  const cookie = await signIn(url, login);
  const get = async (path: string): Promise<unknown> => {
    const { status, json, text } = await request(url, "GET", path, { cookie });
    if (status !== 200) throw new Error(`${login} ${path}: ${status} ${text}`);
    return json;
  };
  const me = (await get("/api/me")) as Pick<Someone, "officerId" | "courtId" | "name">;
  return {
    officerId: me.officerId,
    courtId: me.courtId,
    name: me.name,
    async command(kind, id, payload = {}) {
      const about = envelope(kind, id, payload);
      const send = () => request(url, "POST", "/api/commands", { cookie }, about);
      const { json, text } = await askedAgain(send, isOfTheLog);
      const read = commandAnswer.safeParse(json);
      if (!read.success) throw new Error(`${login} ${kind}: ${text}`);
      return read.data;
    },
    records: async (type) => (await get(`/api/records?type=${type}`)) as readonly SeenRecord[],
    timeline: async (type, id) =>
      (await get(`/api/timeline/${type}/${id}`)) as readonly TimelineEntry[],
  };
}
