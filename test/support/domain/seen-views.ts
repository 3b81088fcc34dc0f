import { expect } from "vitest";
import { refKey } from "../../../shared/domain/kernel/ref.ts";
import type { AnyRecord } from "../../../shared/domain/kernel/state.ts";
import { moduleOf } from "../../../shared/domain/modules.ts";
import { projectDto } from "../../../shared/domain/project.ts";
import type { Story, When } from "./story.ts";

const STEP_MS = 7_000;

/** What every view sees of every record. */
function seen(story: Story): Map<string, string> {
  const out = new Map<string, string>();
  for (const record of story.state.everything()) {
    const dtos: Record<string, unknown> = {};
    for (const { view, audience } of moduleOf(record.type).audiences(
      record as never,
      story.state,
    )) {
      dtos[view] = projectDto(record, story.state, audience);
    }
    out.set(refKey(record), JSON.stringify(dtos));
  }
  return out;
}

/** Records touched between two moments, with their dependents as the modules name them. */
function expected(before: Map<string, AnyRecord>, story: Story): Set<string> {
  const keys = new Set<string>();
  for (const after of story.state.everything()) {
    const was = before.get(refKey(after));
    if (was === after) continue;
    keys.add(refKey(after));
    const dependents = moduleOf(after.type).dependents(was as never, after as never, story.state);
    for (const ref of dependents) keys.add(refKey(ref));
  }
  return keys;
}

const changed = (before: Map<string, string>, after: Map<string, string>): string[] =>
  [...after].filter(([key, views]) => before.get(key) !== views).map(([key]) => key);

/** Does it, or not, and fails if a view sees a record change that was neither touched nor dependent. */
function watched(story: Story, what: string, run: () => boolean): boolean {
  const views = seen(story);
  const records = new Map(story.state.everything().map((r) => [refKey(r), r]));
  if (!run()) return false;
  const named = expected(records, story);
  const missed = changed(views, seen(story)).filter((key) => !named.has(key));
  expect(missed, what).toEqual([]);
  return true;
}

/** All moves in turn, refused ones too; with `raising`, clocks are raised as they come due. */
export function walk(
  story: Story,
  moves: readonly When[],
  { raising = false, stepMs = STEP_MS }: { raising?: boolean; stepMs?: number } = {},
): readonly string[] {
  const done: string[] = [];
  for (const move of moves) {
    story.pass(stepMs);
    if (raising) watched(story, "clocks that were raised", () => story.raiseDue().length > 0);
    const what = `${move.kind} of ${move.ref.id} by ${move.by}`;
    if (watched(story, what, () => story.when(move).ok)) done.push(move.kind);
  }
  return done;
}
