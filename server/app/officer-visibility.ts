import type { ViewKey } from "../../shared/domain/authority/audience.ts";
import type { StateReader } from "../../shared/domain/kernel/state.ts";
import { bitsOf } from "./positions/officer-bits.ts";
import type { TickLoop } from "./positions/tick.ts";
import type { TickRate } from "./positions/tick-groups.ts";
import { audienceFor, audiencesOf } from "./projector.ts";
import { type ActiveView, seatOfView, type ViewRegistry } from "./view-registry.ts";

/** A console sees movement at once; a wall breathes; a phone's map is glanced at. */
const RATES: Readonly<Record<ActiveView["seat"], TickRate>> = { console: "FAST", wall: "CALM", field: "SLOW" };

/**
 * Keeps each active view's officer set in step with what the view may see: whoever may see the
 * record of an officer may see the position, and nobody else.
 */
export class OfficerVisibility {
  private readonly seenByView = new Map<ViewKey, Set<number>>();
  private readonly state: StateReader;
  private readonly views: ViewRegistry;
  private readonly ticks: TickLoop;

  constructor(state: StateReader, views: ViewRegistry, ticks: TickLoop) {
    this.state = state;
    this.views = views;
    this.ticks = ticks;
  }

  /** First socket of a view: works its whole set out. */
  open(view: ViewKey): void {
    if (this.seenByView.has(view)) return;
    const seen = new Set<number>();
    for (const officer of this.state.all("officer")) {
      if (audienceFor(view, audiencesOf(officer, this.state))) seen.add(officer.trackIndex);
    }
    this.seenByView.set(view, seen);
    this.apply(view, seen);
  }

  /** Last socket of a view left. */
  close(view: ViewKey): void {
    this.seenByView.delete(view);
    this.ticks.removeView(view);
  }

  /** A commit touched these officers (or something their audience depends on). */
  touched(officerIds: Iterable<string>): void {
    const changed = new Set<ViewKey>();
    for (const id of officerIds) {
      const officer = this.state.get("officer", id);
      if (!officer) continue;
      const entries = audiencesOf(officer, this.state);
      for (const { key } of this.views.all()) {
        const seen = this.seenByView.get(key);
        if (!seen) continue;
        const visible = audienceFor(key, entries) !== undefined;
        if (visible === seen.has(officer.trackIndex)) continue;
        if (visible) seen.add(officer.trackIndex);
        else seen.delete(officer.trackIndex);
        changed.add(key);
      }
    }
    for (const key of changed) this.apply(key, this.seenByView.get(key) ?? new Set());
  }

  private apply(view: ViewKey, seen: ReadonlySet<number>): void {
    this.ticks.setView(view, bitsOf(seen), RATES[seatOfView(view)]);
  }
}
