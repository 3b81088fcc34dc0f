import type { StoreMode } from "../../shared/wire/live.ts";

/** A write that succeeded proves this much longer that the next one will, while nobody writes. */
const PROOF_MS = 10_000;
/** A question pending for longer is a store that does not answer. */
const SILENT_MS = 2_000;

/**
 * What the screens say of the store. Only a write that succeeds says OK: a store that can be read
 * again is not yet one that can be written.
 */
export class StoreHealth {
  private readable = true;
  private writable = true;
  private provedAt: number | undefined;
  private askingSince: number | undefined;
  private readonly monotonic: () => number;
  /** Why it is not OK, for the server's log. */
  why: unknown;

  constructor(monotonic: () => number) {
    this.monotonic = monotonic;
  }

  get mode(): StoreMode {
    const silent =
      this.askingSince !== undefined && this.monotonic() - this.askingSince > SILENT_MS;
    if (silent || !this.readable) return "UNAVAILABLE";
    return this.writable ? "OK" : "READ_ONLY";
  }

  /** An append that failed leaves open whether reading works: that is asked each second. */
  appended(ok: boolean): void {
    if (ok) this.readable = true;
    this.wrote(ok);
  }

  read(ok: boolean, why?: unknown): void {
    this.readable = ok;
    if (!ok) this.why = why;
  }

  /** Asked each second: whether that writing works must be proved now. */
  wantsProof(): boolean {
    if (!this.readable) return false;
    if (!this.writable || this.provedAt === undefined) return true;
    return this.monotonic() - this.provedAt > PROOF_MS;
  }

  /** @param write makes something durable, or throws. */
  async prove(write: () => Promise<void>): Promise<void> {
    try {
      await this.asking(write);
      this.wrote(true);
    } catch (error) {
      this.wrote(false);
      this.why = error;
    }
  }

  /** What takes long says by itself that the store is silent. */
  async asking<T>(ask: () => Promise<T>): Promise<T> {
    this.askingSince = this.monotonic();
    try {
      return await ask();
    } finally {
      this.askingSince = undefined;
    }
  }

  private wrote(ok: boolean): void {
    this.writable = ok;
    this.provedAt = ok ? this.monotonic() : undefined;
    if (ok && this.readable) this.why = undefined;
  }
}
