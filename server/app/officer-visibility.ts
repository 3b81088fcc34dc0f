import type { ViewKey } from "../../shared/domain/authority/audience.ts";
import type { StateReader } from "../../shared/domain/kernel/state.ts";
import type { Officer } from "../../shared/domain/officer/state.ts";
import { bitsOf } from "./positions/officer-bits.ts";
import type { TickLoop } from "./positions/tick.ts";
import type { TickRate } from "./positions/tick-groups.ts";
import { audiencesOf } from "./projector.ts";
import { type ActiveView, seatOfView } from "./view-registry.ts";

/** A console sees movement at once; a wall breathes; a phone's map is glanced at; a partner has none yet. */
const RATES: Readonly<Record<ActiveView["seat"], TickRate>> = {
  console: "FAST",
  wall: "CALM",
  field: "SLOW",
  inspector: "SLOW",
  president: "SLOW",
  partner: "SLOW",
  observer: "SLOW",
};

const wildcardOf = (view: ViewKey): ViewKey => `${seatOfView(view)}:*`;

/**
 * Keeps each active view's officer set in step with what the view may see: whoever may see the
 * record of an officer may see the position, and nobody else. The sets of all views are kept, open
 * or not: working one out at each opening held the server up when a crowd came and went.
 */
export class OfficerVisibility {
  /** Track indexes of the officers whom each view, or every view of a seat, may see. */
  private readonly byView = new Map<ViewKey, Set<number>>();
  private readonly viewsOf = new Map<number, ReadonlySet<ViewKey>>();
  private readonly opened = new Set<ViewKey>();
  private readonly state: StateReader;
  private readonly ticks: Pick<TickLoop, "setView" | "removeView">;

  constructor(state: StateReader, ticks: Pick<TickLoop, "setView" | "removeView">) {
    this.state = state;
    this.ticks = ticks;
    for (const officer of state.all("officer")) this.file(officer);
  }

  /** First socket of a view. */
  open(view: ViewKey): void {
    if (this.opened.has(view)) return;
    this.opened.add(view);
    this.apply(view);
  }

  /** Last socket of a view left. */
  close(view: ViewKey): void {
    this.opened.delete(view);
    this.ticks.removeView(view);
  }

  /** A commit touched these officers (or something their audience depends on). */
  touched(officerIds: Iterable<string>): void {
    const changed = new Set<ViewKey>();
    for (const id of officerIds) {
      const officer = this.state.get("officer", id);
      if (officer) for (const view of this.file(officer)) changed.add(view);
    }
    if (changed.size === 0) return;
    for (const view of this.opened)
      if (changed.has(view) || changed.has(wildcardOf(view))) this.apply(view);
  }

  /** Returns the views that gained or lost this officer. */
  private file(officer: Officer): ViewKey[] {
    const { trackIndex } = officer;
    const before = this.viewsOf.get(trackIndex) ?? new Set<ViewKey>();
    const after = new Set(audiencesOf(officer, this.state).map(({ view }) => view));
    const lost = [...before].filter((view) => !after.has(view));
    const gained = [...after].filter((view) => !before.has(view));
    for (const view of lost) this.byView.get(view)?.delete(trackIndex);
    for (const view of gained) {
      const seen = this.byView.get(view);
      if (seen) seen.add(trackIndex);
      else this.byView.set(view, new Set([trackIndex]));
    }
    this.viewsOf.set(trackIndex, after);
    return [...lost, ...gained];
  }

  private apply(view: ViewKey): void {
    const seen = [view, wildcardOf(view)].flatMap((key) => [...(this.byView.get(key) ?? [])]);
    this.ticks.setView(view, bitsOf(seen), RATES[seatOfView(view)]);
  }
}
