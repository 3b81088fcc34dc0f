import { createStore, type StoreApi } from "zustand/vanilla";
import type { Hello } from "../../shared/wire/live.ts";

/** Who and where this page is, as the server decided it. */
interface SessionState {
  /** From the live channel; undefined until first connected. */
  readonly hello: Hello | undefined;
}

export type SessionStore = StoreApi<SessionState>;

export const createSessionStore = (): SessionStore => createStore(() => ({ hello: undefined }));
