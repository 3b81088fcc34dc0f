import { parseCommitBody } from "./commit-body.ts";
import type { LogStore } from "./log-store.ts";

/** What every export of an exercise says first; nothing for other logs. */
export async function markOf(log: Pick<LogStore, "read">): Promise<string | undefined> {
  const [first] = await log.read(-1, 1);
  const parsed = first && parseCommitBody(first.body);
  const genesis = parsed?.ok ? parsed.body.genesis : undefined;
  return genesis?.mode === "EXERCISE"
    ? `演练 EXERCISE: ${genesis.deployment}, ${genesis.exercise?.scenario ?? "no scenario"}`
    : undefined;
}
