import type { Seat } from "../../shared/domain/authority/audience.ts";
import type { Heartbeat, StoreMode, Trouble } from "../../shared/wire/live.ts";
import type { Covered } from "./delivered.ts";
import type { ActiveView, ViewRegistry } from "./view-registry.ts";

/** A field phone's battery and link are worth fewer beats than a console's certainty. */
export const HEARTBEAT_MS: Readonly<Record<Seat, number>> = {
  console: 2_000,
  wall: 2_000,
  field: 10_000,
  inspector: 2_000,
  president: 2_000,
  partner: 2_000,
  observer: 2_000,
};

/** The last position tick of a view, so that losing every frame is noticed too. */
export interface PositionMark {
  readonly tick: number;
  readonly set: number;
}

export interface BeatInputs {
  readonly now: number;
  readonly covered: Covered;
  readonly store: StoreMode;
  readonly trouble: readonly Trouble[];
  readonly positions: (view: ActiveView) => PositionMark;
}

/**
 * Beats every view that is due. A heartbeat is an empty patch up to what is covered for certain: it
 * moves cursors over commits the view cannot see, and shows a lost last patch. While patches wait it
 * vouches for no later moment than the one before the first of them, so that screens say how old they are.
 */
export function beatDue(views: ViewRegistry, inputs: BeatInputs): void {
  for (const _ of beats(views, inputs));
}

/** The same, a step per socket: a thousand are not written to in one turn. */
export async function beatInTurns(
  views: ViewRegistry,
  inputs: BeatInputs,
  yieldTurn: () => Promise<void>,
): Promise<void> {
  let written = 0;
  for (const _ of beats(views, inputs)) {
    written += 1;
    if (written % SOCKETS_PER_TURN === 0) await yieldTurn();
  }
}

const SOCKETS_PER_TURN = 100;

function* beats(views: ViewRegistry, inputs: BeatInputs): Generator<void> {
  for (const view of views.all()) {
    if (inputs.now - view.beatAt < HEARTBEAT_MS[view.seat]) continue;
    view.beatAt = inputs.now;
    const from = Math.min(view.sentTo, inputs.covered.seq);
    const beat: Heartbeat = {
      from,
      to: inputs.covered.seq,
      hash8: inputs.covered.hash8,
      at: Math.min(inputs.now, inputs.covered.behindSince ?? inputs.now),
      store: inputs.store,
      trouble: [...inputs.trouble],
      ...inputs.positions(view),
    };
    const json = JSON.stringify(beat);
    for (const subscriber of view.subscribers) {
      subscriber.send("hb", json);
      yield;
    }
    // Not before all have it: a patch that is sent meanwhile would follow on a beat that some lack.
    view.sentTo = Math.max(view.sentTo, inputs.covered.seq);
  }
}
