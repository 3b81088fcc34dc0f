import type { EntityMap } from "../../../shared/domain/entities.ts";
import { refKey } from "../../../shared/domain/kernel/ref.ts";
import type { AnyRecord } from "../../../shared/domain/kernel/state.ts";
import type { Receipt } from "../../../shared/domain/order/state.ts";
import { readOracle, words } from "../../oracle/read-oracle.ts";

/** What moves through states: a record, or one recipient, target or node of it. */
export interface Part {
  readonly machine: string;
  /** Within its record; empty for the record itself. */
  readonly key: string;
  readonly state: string;
  /** The part itself, to see whether it changed. */
  readonly value: unknown;
}

const NEW = "NEW";

function receiptState(order: EntityMap["order"], receipt: Receipt): string {
  if (receipt.revoked) return "REVOKED";
  if (receipt.state === "ACCEPTED") return "ACCEPTED";
  if (order.revoked) return "REVOKED";
  return order.supersededBy ? "SUPERSEDED" : receipt.state;
}

/** What an order did to an operation is not undone by taking it back, except a pause. */
function orderMachine({ effect }: EntityMap["order"]): string {
  if (effect === undefined) return "order";
  return effect === "PAUSE" ? "order.pause" : "order.effect";
}

const one = (machine: string, state: string, value: unknown): Part[] => [
  { machine, key: "", state, value },
];

/** The machines of a record and where they stand. */
export function partsIn(record: AnyRecord): readonly Part[] {
  switch (record.type) {
    case "operation":
      return one(record.plan ? "operation" : "operation.short", record.state, record);
    case "detention":
      return one(`detention.${record.kind}`, record.state, record);
    case "order":
      return record.receipts.map((receipt) => ({
        machine: orderMachine(record),
        key: receipt.courtId,
        state: receiptState(record, receipt),
        value: receipt,
      }));
    case "rollcall":
      return record.targets.map((target) => ({
        machine: "rollcall",
        key: refKey(target.ref),
        state: target.state,
        value: target,
      }));
    case "timebase":
      return record.nodes.map((node) => ({
        machine: "timebase",
        key: node.node,
        state: node.state,
        value: node,
      }));
    case "officer":
      return one("officer", record.disabled ? "DISABLED" : "ENABLED", record);
    case "device":
      return one("device", record.status, record);
    default:
      return one(record.type, "state" in record ? record.state : "EXISTS", record);
  }
}

/** One line of `states.csv` for one action and one state. */
export interface Rule {
  readonly machine: string;
  readonly action: string;
  readonly from: string;
  /** `=` stays, `~` wherever it was, `*` in `from` any state: a report that moves nothing. */
  readonly to: string;
  readonly key: string;
}

const ruleKey = (machine: string, from: string, action: string, to: string): string =>
  `${machine} ${from} ${action} ${to}`;

/** Whichever kind of order replaces another one, it is one and the same step. */
function lineOf(machine: string, from: string, action: string, to: string): string {
  if (to === "SUPERSEDED") return ruleKey(machine, from, "order.*", to);
  return ruleKey(machine, from, action, to === "=" && from !== "*" ? from : to);
}

export const RULES: readonly Rule[] = readOracle("./states.csv").flatMap(
  ({ type: machine = "", action, from, to = "" }) =>
    words(action).flatMap((each) =>
      words(from).map((state) => ({
        machine,
        action: each,
        from: state,
        to: to === "=" && state !== "*" ? state : to,
        key: lineOf(machine, state, each, to),
      })),
    ),
);

const BY_KEY = new Map(RULES.map((rule) => [rule.key, rule]));

/** Every state that a machine knows. */
export const STATES: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  [...new Set(RULES.map(({ machine }) => machine))].map((machine) => [
    machine,
    new Set(
      RULES.filter((rule) => rule.machine === machine)
        .flatMap(({ from, to }) => [from, to])
        .filter((state) => !["NEW", "*", "=", "~"].includes(state)),
    ),
  ]),
);

/** The line that allows this step, or nothing. */
export const ruleFor = (
  machine: string,
  from: string,
  action: string,
  to: string,
): Rule | undefined =>
  BY_KEY.get(lineOf(machine, from, action, to)) ??
  BY_KEY.get(ruleKey(machine, from, action, "~")) ??
  (from === to ? BY_KEY.get(ruleKey(machine, "*", action, "=")) : undefined);

/** May this be asked for in this state at all? */
export const isAskedIn = (machine: string, from: string, action: string): boolean =>
  RULES.some(
    (rule) =>
      rule.machine === machine &&
      rule.action === action &&
      (rule.from === from || (rule.from === "*" && from !== NEW)),
  );

export interface Step {
  readonly machine: string;
  readonly from: string;
  readonly to: string;
}

/** What moved, or was written anew where it stands. */
export function stepsOf(before: AnyRecord | undefined, after: AnyRecord): readonly Step[] {
  const old = new Map((before ? partsIn(before) : []).map((part) => [part.key, part]));
  return partsIn(after).flatMap(({ machine, key, state, value }) => {
    const was = old.get(key);
    if (was && was.state === state && was.value === value) return [];
    // A revocation of the whole order leaves what was settled before as it was.
    const from = was?.state ?? NEW;
    return [{ machine, from, to: state }];
  });
}
