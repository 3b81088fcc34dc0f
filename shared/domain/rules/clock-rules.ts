import type { ClockRule } from "./clock-rule.ts";
import { DELEGATION_CLOCKS } from "./delegation-clocks.ts";
import { DETENTION_CLOCKS } from "./detention-clocks.ts";
import { DUTY_CLOCKS } from "./duty-clocks.ts";
import { ESCALATION_CLOCKS } from "./escalation-clocks.ts";
import { LIAISON_CLOCKS } from "./liaison-clocks.ts";
import { OBSERVER_CLOCKS } from "./observer-clocks.ts";
import { OPERATION_CLOCKS } from "./operation-clocks.ts";
import { ORDER_CLOCKS } from "./order-clocks.ts";
import { RESPONSE_CLOCKS } from "./response-clocks.ts";
import { SUPERVISION_CLOCKS } from "./supervision-clocks.ts";

/** A later list replaces a rule of the same id in an earlier one by its newer version. */
const RULES: ReadonlyMap<string, ClockRule> = new Map(
  [
    ...DETENTION_CLOCKS,
    ...RESPONSE_CLOCKS,
    ...DELEGATION_CLOCKS,
    ...DUTY_CLOCKS,
    ...ESCALATION_CLOCKS,
    ...LIAISON_CLOCKS,
    ...OBSERVER_CLOCKS,
    ...OPERATION_CLOCKS,
    ...ORDER_CLOCKS,
    ...SUPERVISION_CLOCKS,
  ].map((rule) => [rule.id, rule]),
);

/** The newest version of a rule. Throws for an unknown id: that is a bug, not a refusal. */
export function clockRule(id: string): ClockRule {
  const rule = RULES.get(id);
  if (!rule) throw new Error(`unknown clock rule ${id}`);
  return rule;
}

export const clockRules = (): readonly ClockRule[] => [...RULES.values()];
