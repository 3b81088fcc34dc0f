import type { ViewKey } from "../../shared/domain/authority/audience.ts";
import type { StateReader } from "../../shared/domain/kernel/state.ts";
import { bitsOf } from "./positions/officer-bits.ts";
import type { TickLoop } from "./positions/tick.ts";
import type { TickRate } from "./positions/tick-groups.ts";
import { audienceFor, audiencesOf } from "./projector.ts";
import { type ActiveView, seatOfView } from "./view-registry.ts";

/** A console sees movement at once; a wall breathes; a phone's map is glanced at. */
const RATES: Readonly<Record<ActiveView["seat"], TickRate>> = {
  console: "FAST",
  wall: "CALM",
  field: "SLOW",
};

/**
 * Keeps each active view's officer set in step with what the view may see: whoever may see the
 * record of an officer may see the position, and nobody else.
 */
export class OfficerVisibility {
  private readonly seenByView = new Map<ViewKey, Set<number>>();
  private readonly state: StateReader;
  private readonly ticks: TickLoop;

  constructor(state: StateReader, ticks: TickLoop) {
    this.state = state;
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
      for (const view of this.moved(id)) changed.add(view);
    }
    for (const view of changed) this.apply(view, this.seenByView.get(view) ?? new Set());
  }

  /** Views that gained or lost this officer. */
  private moved(officerId: string): ViewKey[] {
    const officer = this.state.get("officer", officerId);
    if (!officer) return [];
    const entries = audiencesOf(officer, this.state);
    return [...this.seenByView].flatMap(([view, seen]) => {
      const visible = audienceFor(view, entries) !== undefined;
      if (visible === seen.has(officer.trackIndex)) return [];
      if (visible) seen.add(officer.trackIndex);
      else seen.delete(officer.trackIndex);
      return [view];
    });
  }

  private apply(view: ViewKey, seen: ReadonlySet<number>): void {
    this.ticks.setView(view, bitsOf(seen), RATES[seatOfView(view)]);
  }
}
