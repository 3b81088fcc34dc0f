import type { StoreMode } from "../../shared/wire/live.ts";

/**
 * What the screens say of the store. Only an append that succeeds says OK: a store that can be read
 * again is not yet one that can be written.
 */
export class StoreHealth {
  private now: StoreMode = "OK";

  get mode(): StoreMode {
    return this.now;
  }

  appended(ok: boolean): void {
    this.now = ok ? "OK" : "UNAVAILABLE";
  }

  read(ok: boolean): void {
    if (!ok) this.now = "UNAVAILABLE";
    else if (this.now === "UNAVAILABLE") this.now = "READ_ONLY";
  }
}
