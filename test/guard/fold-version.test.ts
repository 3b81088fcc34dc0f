import { describe, expect, it } from "vitest";
import { FOLD_VERSION } from "../../shared/domain/fold.ts";
import { newMedia, testKernel } from "../support/kernel/test-kernel.ts";
import { playAtRandom } from "../support/random-play/play.ts";
import type { PlayStory } from "../support/random-play/play-story.ts";
import { realmCommands } from "../support/random-play/realm.ts";
import {
  type Chain,
  chainsOf,
  eventsIn,
  foldedHash,
  goldenChains,
  missingTypes,
  needed,
  recordedFold,
  writeChains,
  writeFold,
} from "./golden-log.ts";

/** Enough for nearly every state to be reached. */
const COMMANDS = Number(process.env.RANDOM_COMMANDS ?? 40_000);

function deeplyFrozen<T>(value: T): T {
  if (typeof value !== "object" || value === null) return value;
  for (const held of Object.values(value)) deeplyFrozen(held);
  return Object.freeze(value);
}

/** What a province's beginning and everybody's random acts give. */
async function found(): Promise<Chain[]> {
  const media = newMedia();
  await testKernel({ media, province: realmCommands() });
  const chains = chainsOf(eventsIn(media.log.commits.map(({ body }) => body)));
  const stories = new Set<PlayStory>();
  playAtRandom(COMMANDS, 1, (_, story) => stories.add(story));
  for (const { log, first } of stories) chains.push(...chainsOf(log, first));
  return chains;
}

describe("the version of the fold", () => {
  it.runIf(process.env.UPDATE_GOLDEN === "1")(
    "LOG-26 UPDATE_GOLDEN=1 adds what the golden log lacks, and what it folds to",
    { timeout: 300_000 },
    async () => {
      const known = goldenChains();
      const chains = [...known, ...needed(known, missingTypes(known).length ? await found() : [])];
      const hashes = chains.map((chain) => foldedHash(chain));
      const { version, chains: recorded } = recordedFold();
      // What was recorded is only ever written anew under a new number.
      if (version === FOLD_VERSION) expect(hashes.slice(0, recorded.length)).toEqual(recorded);
      writeChains(chains);
      writeFold({ version: FOLD_VERSION, chains: hashes });
    },
  );

  it("LOG-26 the golden log holds every event that there is", () => {
    expect(
      missingTypes(goldenChains()),
      "run this test with UPDATE_GOLDEN=1; what random acts do not give is written by hand (golden/log.jsonl)",
    ).toEqual([]);
  });

  it("LOG-34 given records and events that cannot be written, then every event that there is folds to the same", () => {
    const frozen = goldenChains().map(({ before, events }) => ({
      ...(before ? { before: deeplyFrozen(before) } : {}),
      events: events.map(({ event, meta }) => ({ event: deeplyFrozen(event), meta })),
    }));
    expect(frozen.map((chain) => foldedHash(chain, deeplyFrozen))).toEqual(recordedFold().chains);
  });

  it("LOG-26 the golden log folds to what is recorded for this FOLD_VERSION", () => {
    const { version, chains } = recordedFold();
    expect(
      { version: FOLD_VERSION, chains: goldenChains().map((chain) => foldedHash(chain)) },
      "the fold has changed: raise FOLD_VERSION (shared/domain/fold.ts), so that no server starts with a state that the old one kept, and run this test with UPDATE_GOLDEN=1",
    ).toEqual({ version, chains });
  });
});
