import { createStore, type StoreApi } from "zustand/vanilla";
import { PAST_WINDOW_MS, type PastWindow } from "../../../../shared/wire/past-window.ts";
import type { Tracks } from "../../../../shared/wire/track-answer.ts";
import type { HttpFailure, HttpResult } from "../../../link/http.ts";
import type { RecordsState } from "../../../store/records.ts";
import { rangeAt, type Speed, STRIDES, within } from "./replay-range.ts";
import { WindowCursor } from "./state-at.ts";

/** What stands on the glass: records and positions of one and the same instant. */
export interface Moment {
  readonly at: number;
  readonly records: RecordsState;
  readonly picture: Tracks;
}

interface ReplayState {
  /** The instant that was asked for: where the slider stands. */
  readonly at: number;
  readonly speed: Speed;
  readonly playing: boolean;
  /** The last instant that could be shown whole; nothing before the first. */
  readonly moment: Moment | null;
  /** Why the instant asked for is not shown. */
  readonly failure: HttpFailure | null;
}

export interface ReplayApi {
  state(at: number): Promise<HttpResult<PastWindow>>;
  picture(at: number): Promise<HttpResult<Tracks>>;
}

interface FeedDeps {
  readonly api: ReplayApi;
  /** The server's time, the present one. */
  now(): number;
  /** Calls later; returns how to call it off. */
  after(ms: number, run: () => void): () => void;
}

const MOST_WINDOWS = 3;
const MOST_PICTURES = 60;
/** Playing stops so long before the end, or each stride would ask for the newest window anew. */
const STOPS_MS = 10_000;
/** Many look back at once: so often it is asked again, and after so long each time. */
const TRIES = { most: 8, everyMs: 1_500 };
const UNREADABLE: HttpFailure = { status: 0, code: "UNREADABLE" };
/** While somebody drags, only where he rests is asked for. */
const REST_MS = 150;

/**
 * The replay's clock and what it shows. An instant is shown when records and positions of it are
 * both here, never one without the other.
 */
export class ReplayFeed {
  readonly store: StoreApi<ReplayState>;
  private readonly windows = new Map<number, WindowCursor>();
  private readonly pictures = new Map<number, Tracks>();
  /** Windows that are on their way. */
  private readonly asking = new Map<number, Promise<HttpFailure | undefined>>();
  /** Grows with whatever makes an answer that is on its way one to a former question. */
  private turn = 0;
  private cancel: () => void = () => undefined;
  private readonly deps: FeedDeps;

  constructor(deps: FeedDeps, at: number) {
    this.deps = deps;
    const first = within(rangeAt(deps.now()), at);
    const nothing = { moment: null, failure: null };
    this.store = createStore(() => ({ at: first, speed: 1, playing: false, ...nothing }));
  }

  /** To an instant; playing goes on from there. */
  seek(at: number): void {
    this.go(at, REST_MS);
  }

  /** Asks again for the instant that could not be shown; also the first time. */
  load(): void {
    this.go(this.store.getState().at, 0);
  }

  play(): void {
    this.store.setState({ playing: true });
    this.load();
  }

  pause(): void {
    this.store.setState({ playing: false });
  }

  setSpeed(speed: Speed): void {
    this.store.setState({ speed });
    if (this.store.getState().playing) this.load();
  }

  stop(): void {
    this.turn += 1;
    this.cancel();
    this.store.setState({ playing: false });
  }

  private go(at: number, restMs: number): void {
    this.turn += 1;
    const turn = this.turn;
    this.cancel();
    const asked = within(rangeAt(this.deps.now()), at);
    this.store.setState({ at: asked, failure: null });
    this.cancel = this.deps.after(this.isHere(asked) ? 0 : restMs, () => {
      this.bring(asked, turn).then(
        (shown) => shown && this.goOn(turn),
        () => this.broke(turn),
      );
    });
  }

  /** One stride on, as soon as it is time and everything is here. */
  private goOn(turn: number): void {
    const { playing, speed, at } = this.store.getState();
    if (!playing || turn !== this.turn) return;
    const { everyMs, byMs } = STRIDES[speed];
    const next = at + byMs;
    if (next > rangeAt(this.deps.now()).to - STOPS_MS) {
      this.pause();
      return;
    }
    const ahead = this.fetched(next);
    ahead.catch(() => undefined); // looked at when it is time for it
    this.cancel = this.deps.after(everyMs, () => {
      ahead.then(() => this.strideTo(next, turn)).catch(() => this.broke(turn));
    });
  }

  private async strideTo(at: number, turn: number): Promise<void> {
    if (turn !== this.turn || !this.store.getState().playing) return;
    if (await this.bring(at, turn)) this.goOn(turn);
  }

  /** What came cannot be shown: said, or "reading" would stand there for ever. */
  private broke(turn: number): void {
    if (turn === this.turn) this.store.setState({ failure: UNREADABLE, playing: false });
  }

  /** True when it is shown. */
  private async bring(at: number, turn: number): Promise<boolean> {
    const failure = await this.fetchedInTime(at, turn);
    if (turn !== this.turn) return false;
    if (failure) {
      this.store.setState({ at, failure, playing: false });
      return false;
    }
    const picture = this.pictures.get(at);
    const cursor = this.windows.get(windowOf(at));
    if (!picture || !cursor) return false;
    const moment = { at, records: cursor.stateAt(at), picture };
    this.store.setState({ at, moment, failure: null });
    return true;
  }

  private async fetchedInTime(at: number, turn: number): Promise<HttpFailure | undefined> {
    for (let tries = 1; ; tries += 1) {
      const failure = await this.fetched(at);
      const again = failure?.code === "TOO_MANY" && tries < TRIES.most && turn === this.turn;
      if (!again) return failure;
      await new Promise<void>((resolve) => this.deps.after(TRIES.everyMs, resolve));
    }
  }

  private isHere(at: number): boolean {
    const window = this.windows.get(windowOf(at))?.window;
    return window !== undefined && at <= window.to && this.pictures.has(at);
  }

  /** Both halves of an instant, from memory or the server. */
  private async fetched(at: number): Promise<HttpFailure | undefined> {
    const [state, picture] = await Promise.all([this.fetchState(at), this.fetchPicture(at)]);
    return state ?? picture;
  }

  private async fetchState(at: number): Promise<HttpFailure | undefined> {
    await this.asking.get(windowOf(at));
    const known = this.windows.get(windowOf(at))?.window;
    if (known && at >= known.from && at <= known.to) return undefined;
    const asking = this.askState(at).finally(() => this.asking.delete(windowOf(at)));
    this.asking.set(windowOf(at), asking);
    return asking;
  }

  private async askState(at: number): Promise<HttpFailure | undefined> {
    const answer = await this.deps.api.state(at);
    if (!answer.ok) return answer.failure;
    remember(this.windows, windowOf(at), new WindowCursor(answer.value), MOST_WINDOWS);
    return undefined;
  }

  private async fetchPicture(at: number): Promise<HttpFailure | undefined> {
    if (this.pictures.has(at)) return undefined;
    const answer = await this.deps.api.picture(at);
    if (!answer.ok) return answer.failure;
    remember(this.pictures, at, answer.value, MOST_PICTURES);
    return undefined;
  }
}

const windowOf = (at: number): number => Math.floor(at / PAST_WINDOW_MS) * PAST_WINDOW_MS;

function remember<V>(kept: Map<number, V>, key: number, value: V, most: number): void {
  kept.delete(key);
  kept.set(key, value);
  for (const oldest of kept.keys()) {
    if (kept.size <= most) return;
    kept.delete(oldest);
  }
}
