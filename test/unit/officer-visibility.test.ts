import fc from "fast-check";
import { expect, test } from "vitest";
import { OfficerVisibility } from "../../server/app/officer-visibility.ts";
import { bitsOf } from "../../server/app/positions/officer-bits.ts";
import { audienceFor, audiencesOf } from "../../server/app/projector.ts";
import type { ViewKey } from "../../shared/domain/authority/audience.ts";
import { ACTS, play } from "../support/kernel/play.ts";
import { testKernel } from "../support/kernel/test-kernel.ts";

const VIEWS: readonly ViewKey[] = [
  "console:high",
  "console:jiangan",
  "console:huangpi",
  "wall:huangpi",
  "field:jiangan.police",
];

test("POS-30 given random acts among which views open and close, when all is done, then each open view sees exactly the officers whose records it may see", async () => {
  const act = fc.record({ act: fc.constantFrom(...ACTS), n: fc.nat(1) });
  const turn = fc.record({ view: fc.constantFrom(...VIEWS) });
  let entered = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(act, turn), { minLength: 5, maxLength: 25 }),
      async (steps) => {
        const k = await testKernel();
        const { world } = k.kernel.replica;
        const sets = new Map<string, string>();
        const visibility = new OfficerVisibility(world, {
          setView: (view, bits) => {
            if (sets.has(view)) entered += 1;
            sets.set(view, bits.join());
          },
          removeView: (view) => void sets.delete(view),
        });
        k.kernel.onTouched((touched) =>
          visibility.touched(touched.filter((t) => t.type === "officer").map((t) => t.id)),
        );
        for (const step of steps) {
          if ("act" in step) await play(k, step.act, step.n);
          else if (sets.has(step.view)) visibility.close(step.view);
          else visibility.open(step.view);
        }
        for (const view of VIEWS.filter((key) => sets.has(key))) {
          const may = [...world.all("officer")].filter((officer) =>
            audienceFor(view, audiencesOf(officer, world)),
          );
          expect(sets.get(view)).toBe(bitsOf(may.map(({ trackIndex }) => trackIndex)).join());
        }
      },
    ),
    { numRuns: 40 },
  );
  expect(entered).toBeGreaterThan(0);
});
