import { expect, test } from "vitest";
import type { StateReader } from "../../shared/domain/kernel/state.ts";
import { openMatters } from "../../shared/domain/shift/matters.ts";
import { Appeal } from "../support/random-play/appeal.ts";
import { GUIDED } from "../support/random-play/guidance.ts";
import { Player } from "../support/random-play/player.ts";
import { COURTS } from "../support/random-play/realm.ts";

const SEEDS = [1, 2, 3];
const TURNS = 150;

/** The same state without an index of what is open: whoever asks gets every record of the kind. */
const withoutIndex = (state: StateReader): StateReader => ({
  get: (type, id) => state.get(type, id),
  all: (type) => state.all(type),
  count: (type) => state.count(type),
  linked: (type, link) => {
    if (!link.startsWith("open:")) return state.linked(type, link);
    return link === "open:*" ? [] : [...state.all(type)];
  },
});

test.each(SEEDS)(
  "SHF-16 given a history of everything that happens (seed %i), then each desk's list is at each step what a look at every record finds",
  (seed) => {
    const player = new Player(seed, new Appeal(GUIDED));
    const { story } = player;
    let found = 0;
    for (let turn = 0; turn < TURNS; turn += 1) {
      for (const _ of player.turn());
      for (const courtId of COURTS) {
        const listed = openMatters(story.state, courtId);
        expect(listed).toEqual(openMatters(withoutIndex(story.state), courtId));
        found += listed.length;
      }
    }
    expect(found).toBeGreaterThan(TURNS);
  },
);
