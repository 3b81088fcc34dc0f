import type { ClockRule } from "./clock-rule.ts";
import { DETENTION_CLOCKS } from "./detention-clocks.ts";
import { ESCALATION_CLOCKS } from "./escalation-clocks.ts";
import { RESPONSE_CLOCKS } from "./response-clocks.ts";

const RULES: ReadonlyMap<string, ClockRule> = new Map(
  [...DETENTION_CLOCKS, ...RESPONSE_CLOCKS, ...ESCALATION_CLOCKS].map((rule) => [rule.id, rule]),
);

/** The newest version of a rule. Throws for an unknown id: that is a bug, not a refusal. */
export function clockRule(id: string): ClockRule {
  const rule = RULES.get(id);
  if (!rule) throw new Error(`unknown clock rule ${id}`);
  return rule;
}

export const clockRules = (): readonly ClockRule[] => [...RULES.values()];
