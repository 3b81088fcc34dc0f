import { createApi } from "../link/api.ts";
import { createHttp } from "../link/http.ts";
import { createRoads } from "../link/roads.ts";
import type { Voice } from "./voice.ts";

/** Somebody in a court building: always reached, speaks by HTTP only. */
export function createDesk(token: string, fetcher: typeof fetch): Voice {
  const api = createApi(createHttp(fetcher, () => token));
  const roads = createRoads(() => undefined, api);
  return {
    api,
    whenCovered: () => Promise.resolve(),
    known: () => ({ seq: 0, at: 0 }),
    deliver: (envelope) => roads.deliver(envelope),
  };
}
