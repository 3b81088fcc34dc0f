import { judgePatch } from "../../../client/link/apply-patch.ts";
import {
  emptyRecords,
  type RecordsState,
  withPatch,
  withSnapshot,
} from "../../../client/store/records.ts";
import { beatDue } from "../../../server/app/heartbeat.ts";
import type { Subscriber } from "../../../server/app/view-registry.ts";
import type { ViewKey } from "../../../shared/domain/authority/audience.ts";
import type { Heartbeat, Patch, Snapshot } from "../../../shared/wire/live.ts";
import { heartbeat, patch, snapshot } from "../../../shared/wire/live.ts";
import type { TestKernel } from "./test-kernel.ts";

/** What travels to a screen, in order; the test decides what arrives. */
type Frame =
  | { readonly event: "patch"; readonly body: Patch }
  | { readonly event: "hb"; readonly body: Heartbeat }
  | { readonly event: "snapshot"; readonly body: Snapshot };

/** A screen: the client's own pure state code behind a wire that can be cut. */
export class TestScreen {
  state: RecordsState = emptyRecords();
  readonly seen = { resumes: 0, snapshots: 0, gaps: 0 };
  closedBy: string | undefined;
  private wire: Frame[] = [];
  private subscriber: Subscriber | undefined;
  private readonly kernel: TestKernel;
  private readonly view: ViewKey;
  private readonly officerId: string | undefined;

  constructor(kernel: TestKernel, view: ViewKey, officerId?: string) {
    this.kernel = kernel;
    this.view = view;
    this.officerId = officerId;
  }

  /** Connects and asks for everything since its cursor. */
  async connect(): Promise<this> {
    const officer = this.officerId
      ? this.kernel.kernel.replica.world.get("officer", this.officerId)
      : undefined;
    const subscriber: Subscriber = {
      id: `${this.view}#${Math.max(1, this.seen.resumes + this.seen.snapshots)}`,
      view: this.view,
      ...(this.officerId ? { officerId: this.officerId } : {}),
      sessionId: "s1",
      roles: officer?.grants.filter((g) => g.toSeq === undefined).map((g) => g.role) ?? [],
      send: (event, json) => this.arrived(subscriber, event, json),
      close: (reason) => {
        this.closedBy = reason;
      },
      pendingBytes: () => 0,
    };
    this.subscriber = subscriber;
    this.kernel.kernel.views.subscribe(subscriber);
    await this.ask();
    return this;
  }

  /** The network is gone: what is on the wire is lost. */
  cut(): void {
    if (this.subscriber) this.kernel.kernel.views.unsubscribe(this.subscriber);
    this.subscriber = undefined;
    this.wire = [];
  }

  /** Loses everything on the wire but keeps the connection. */
  lose(): number {
    const lost = this.wire.length;
    this.wire = [];
    return lost;
  }

  /** Takes in what is on the wire; asks for the gap when there is one. */
  async take(): Promise<void> {
    await this.kernel.kernel.views.idle();
    for (let rounds = 0; this.wire.length > 0 && rounds < 10; rounds += 1) {
      const gap = this.wire
        .splice(0)
        .reduce((missing, frame) => this.apply(frame) || missing, false);
      if (gap && this.subscriber) await this.ask();
    }
  }

  /** One heartbeat to every view, as the server's timer would send it. */
  beat(): void {
    const { views, storeMode } = this.kernel.kernel;
    for (const view of views.registry.all()) view.beatAt = 0;
    beatDue(views.registry, {
      now: this.kernel.clock.now(),
      covered: views.coveredTo(),
      store: storeMode(),
      trouble: [],
      positions: () => ({ tick: 0, set: 0 }),
    });
  }

  /** Live records as `type:id → {rev, dto}`, for comparison with the server's projection. */
  records(): Record<string, unknown> {
    return Object.fromEntries(
      Object.values(this.state.maps).flatMap((map) =>
        [...map.values()].map((r) => [`${r.type}:${r.id}`, { rev: r.rev, dto: r.dto }]),
      ),
    );
  }

  /** What the server says this view may see now. */
  async truth(): Promise<Record<string, unknown>> {
    const puts = await this.kernel.kernel.views.project(this.view);
    return Object.fromEntries(
      puts.map((p) => [
        `${p.type}:${p.id}`,
        JSON.parse(JSON.stringify({ rev: p.rev, dto: p.dto })),
      ]),
    );
  }

  private async ask(): Promise<void> {
    if (!this.subscriber) return;
    const answer = await this.kernel.kernel.views.resume(this.subscriber, this.state.cursor);
    if (answer === "PATCH") this.seen.resumes += 1;
    else this.seen.snapshots += 1;
  }

  private arrived(from: Subscriber, event: string, json: string): void {
    if (from !== this.subscriber) return;
    const body: unknown = JSON.parse(json);
    if (event === "patch") this.wire.push({ event, body: patch.parse(body) });
    if (event === "hb") this.wire.push({ event, body: heartbeat.parse(body) });
    if (event === "snapshot") this.wire.push({ event, body: snapshot.parse(body) });
  }

  /** @returns true when a gap showed. */
  private apply(frame: Frame): boolean {
    if (frame.event === "snapshot") {
      this.state = withSnapshot(this.state, frame.body);
      return false;
    }
    const { from, to, hash8, at } = frame.body;
    const full: Patch =
      frame.event === "patch" ? frame.body : { from, to, hash8, at, put: [], del: [], lines: [] };
    const verdict = judgePatch(this.state.cursor, full);
    if (verdict === "apply") this.state = withPatch(this.state, full);
    if (verdict === "resume") this.seen.gaps += 1;
    return verdict === "resume";
  }
}
