import { pastWindow } from "../../../../shared/wire/past-window.ts";
import { decodeTracks } from "../../../../shared/wire/track-answer.ts";
import type { Http } from "../../../link/http.ts";
import type { HttpBytes } from "../../../link/http-bytes.ts";
import type { ReplayApi } from "./replay-feed.ts";

/** The first look into an hour is folded from the log. */
const PATIENCE_MS = 30_000;

/** Questions about the past, asked as this desk. */
export const createReplayApi = (http: Http, bytes: HttpBytes): ReplayApi => ({
  state: (at) =>
    http.call({
      method: "POST",
      path: "/api/replay/state",
      body: { at },
      schema: pastWindow,
      timeoutMs: PATIENCE_MS,
    }),
  async picture(at) {
    const answer = await bytes({
      path: "/api/tracks/picture",
      body: { at },
      timeoutMs: PATIENCE_MS,
    });
    if (!answer.ok) return answer;
    const read = decodeTracks(answer.value);
    return read.ok
      ? { ok: true, value: read.value }
      : { ok: false, failure: { status: 200, code: "UNREADABLE" } };
  },
});
