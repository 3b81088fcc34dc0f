import type { PastWindow } from "../../../../shared/wire/past-window.ts";
import { emptyRecords, type RecordsState, withPatch } from "../../../store/records.ts";

/** The records of a window at an instant; going on is cheaper than going back. */
export class WindowCursor {
  private at = Number.NEGATIVE_INFINITY;
  private taken = 0;
  private state: RecordsState = emptyRecords();
  readonly window: PastWindow;

  constructor(window: PastWindow) {
    this.window = window;
    this.rewind();
  }

  /** Everything up to and with `at`. */
  stateAt(at: number): RecordsState {
    if (at < this.at) this.rewind();
    const { changes } = this.window;
    for (let next = changes[this.taken]; next && next.at <= at; next = changes[this.taken]) {
      this.state = withPatch(this.state, { ...patchOf(next.at), put: next.put, del: next.del });
      this.taken += 1;
    }
    this.at = at;
    return this.state;
  }

  private rewind(): void {
    const { from, put } = this.window;
    this.state = withPatch(emptyRecords(), { ...patchOf(from), put });
    this.taken = 0;
    this.at = from;
  }
}

/** The past has no place in the log that anybody could resume from. */
const patchOf = (at: number) => ({
  from: -1,
  to: 0,
  hash8: "00000000",
  at,
  put: [],
  del: [],
  lines: [],
});
