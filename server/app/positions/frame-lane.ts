/** What became of a frame; see `edge/frame-writer.ts`. */
type Written = "SENT" | "EMITTED" | "SKIPPED" | "CLOSED";

/**
 * One socket's road for frames. What does not go is dropped and nothing queues; once the socket has
 * drained, it gets one picture for all that it missed. Who does not drain is closed (slow-watch.ts).
 * A class to extend, not one that is given functions: see `SocketLane` for what each object costs.
 */
export abstract class FrameLane {
  #isStale = false;
  /** All that missed a frame, this one among them while it is so. */
  readonly #stale: Set<FrameLane>;

  constructor(stale: Set<FrameLane>) {
    this.#stale = stale;
  }

  /** Writes nothing while bytes wait for the socket. */
  protected abstract write(bytes: Uint8Array): Written;
  /** Whether a full picture may go now: nothing waits, and the last one was long enough ago. */
  protected abstract admit(): boolean;
  /** Everything that the view may see. */
  protected abstract picture(): Uint8Array | undefined;

  take(bytes: Uint8Array): void {
    // Too soon for another picture: what moved is still better than nothing.
    if (this.#isStale && this.mend()) return;
    if (this.write(bytes) === "SKIPPED") this.#mark(true);
  }

  /** Sends the picture that is owed, if its time has come. */
  mend(): boolean {
    if (!this.#isStale || !this.admit()) return false;
    const picture = this.picture();
    if (!picture || this.write(picture) === "SKIPPED") return false;
    this.#mark(false);
    return true;
  }

  /** Sends a picture, if its time has come: the client asked for it. */
  show(): void {
    const picture = this.picture();
    if (picture && this.admit() && this.write(picture) !== "SKIPPED") this.#mark(false);
  }

  /** Nothing is owed to a socket that is gone. */
  closed(): void {
    this.#mark(false);
  }

  #mark(isStale: boolean): void {
    if (this.#isStale === isStale) return;
    this.#isStale = isStale;
    if (isStale) this.#stale.add(this);
    else this.#stale.delete(this);
  }
}
