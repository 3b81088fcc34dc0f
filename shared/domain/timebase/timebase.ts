import { type AudienceEntry, seatOf } from "../authority/audience.ts";
import type { DomainEvent, EventMeta } from "../kernel/event.ts";
import type { EntityModule } from "../kernel/module.ts";
import { newRecord } from "../kernel/new-record.ts";
import type { Bilingual } from "../kernel/refusal.ts";
import type { StateReader } from "../kernel/state.ts";
import { shortNameOf } from "../officer/short-name.ts";
import { TIMEBASE_COMMANDS, TIMEBASE_REFUSALS, type TimebaseEvent } from "./commands.ts";
import { type NodeTime, nodeTime, type Timebase } from "./state.ts";

const MOST_DECISIONS = 20;

function evolve(timebase: Timebase | undefined, raw: DomainEvent, meta: EventMeta): Timebase {
  const event = raw as TimebaseEvent;
  if (event.type === "ClockHeld") {
    const { belongs, node, offMs, wallAt } = event.data;
    const before: Timebase = timebase ?? {
      ...newRecord("timebase", event.ref.id, belongs, meta),
      nodes: [],
      decisions: [],
    };
    return withNode(before, { node, state: "HELD", offMs, wallAt, heldAt: meta.at });
  }
  const known = nodeTime(timebase, event.data.node);
  if (!timebase || !known) throw new Error(`${event.type} before ClockHeld`);
  if (event.type === "ClockAgreed") return withNode(timebase, { ...known, state: "AGREED" });
  const { accepted, ...decision } = event.data;
  return {
    ...withNode(timebase, { ...known, state: accepted ? "ACCEPTED" : "REFUSED" }),
    decisions: [{ ...decision, accepted, at: meta.at }, ...timebase.decisions].slice(
      0,
      MOST_DECISIONS,
    ),
  };
}

const withNode = (timebase: Timebase, changed: NodeTime): Timebase => ({
  ...timebase,
  nodes: [...timebase.nodes.filter(({ node }) => node !== changed.node), changed],
});

/** The root court's desk decides; every other console reads. */
const audiences = ({ courtId }: Timebase): readonly AudienceEntry[] => [
  { view: `console:${courtId}`, audience: "own.console" },
  { view: "console:*", audience: "public.console" },
];

/** With the names of those who decided: consoles of other courts hold no record of them. */
function project({ courtId, nodes, decisions }: Timebase, state: StateReader) {
  return {
    courtId,
    nodes,
    decisions: decisions.map(({ by, ...decision }) => ({
      ...decision,
      by: shortNameOf(state, by) ?? by,
    })),
  };
}

const seconds = (ms: number): string => `${ms > 0 ? "+" : ""}${Math.round(ms / 1_000)}`;

function lineOf(event: TimebaseEvent): Bilingual {
  switch (event.type) {
    case "ClockHeld": {
      const s = seconds(event.data.offMs);
      return {
        zh: `机器时钟跳变${s}秒，未采用，待确认`,
        en: `the machine's clock jumped ${s} s; held until confirmed`,
      };
    }
    case "ClockStepped": {
      const s = seconds(event.data.offMs);
      return event.data.accepted
        ? { zh: `确认采用机器时钟（${s}秒）`, en: `the machine's clock was accepted (${s} s)` }
        : { zh: `不采用机器时钟（${s}秒）`, en: `the machine's clock was refused (${s} s)` };
    }
    case "ClockAgreed":
      return { zh: "机器时钟与服务器时间已一致", en: "the machine's clock agrees again" };
  }
}

export const timebaseModule: EntityModule<"timebase"> = {
  type: "timebase",
  eventTypes: ["ClockHeld", "ClockStepped", "ClockAgreed"],
  commands: TIMEBASE_COMMANDS,
  refusals: TIMEBASE_REFUSALS,
  evolve,
  standing: ({ nodes }) => nodes.map(({ node, state, offMs }) => `${node}=${state}${offMs}`).join(),
  parts: () => ({}),
  links: () => [],
  live: () => true,
  dependents: () => [],
  deadlines: () => [],
  audiences,
  project,
  line: (event, _timebase, audience) =>
    seatOf(audience) === "console" ? lineOf(event as TimebaseEvent) : undefined,
};
