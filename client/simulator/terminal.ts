import type { Duty } from "../../shared/domain/officer/state.ts";
import { createApi } from "../link/api.ts";
import { createHttp } from "../link/http.ts";
import { createRoads } from "../link/roads.ts";
import type { Chance } from "./chance.ts";
import { isCovered } from "./dropouts.ts";
import { createFieldSocket, type FieldSocketPorts } from "./field-socket.ts";
import { createOsmandRoad } from "./osmand-road.ts";
import type { TerminalPlan } from "./plan.ts";
import { createPositionFeed, type Moment } from "./position-feed.ts";
import type { Voice } from "./voice.ts";

/** The phone of one officer: positions, coverage, and a voice for what he reports. */
export interface Terminal extends Voice {
  follow(plan: TerminalPlan): void;
  /** The server knows this duty: off duty the phone is silent. */
  setDuty(duty: Duty): void;
  tick(at: Moment): void;
  stop(): void;
}

export interface TerminalPorts extends Omit<FieldSocketPorts, "stored"> {
  /** Takes paths of the server. */
  readonly fetcher: typeof fetch;
  readonly speed: number;
  readonly chance: Chance;
}

export function createTerminal(first: TerminalPlan, ports: TerminalPorts): Terminal {
  const { token, tally, fetcher } = ports;
  let plan = first;
  let onDuty = false;
  let covered = false;
  let waiting: (() => void)[] = [];
  const feed = createPositionFeed(first, ports.speed, ports.chance);
  const stored = (upTo: number) => {
    const count = feed.stored(upTo);
    tally.positions("stored", count);
    return count;
  };
  const line = createFieldSocket({ ...ports, stored });
  const speaksOsmand = () => plan.road === "OSMAND";
  const osmand = createOsmandRoad(token, fetcher);
  let osmandBusy = false;

  const sendByOsmand = async () => {
    osmandBusy = true;
    const upTo = await osmand.send(feed.batch());
    osmandBusy = false;
    if (upTo !== undefined) tally.positions("osmand", stored(upTo));
  };
  const flush = () => {
    if (!covered) return;
    if (!speaksOsmand()) {
      line.sendPositions(feed.batch());
    } else if (!osmandBusy && feed.batch().length > 0) {
      // Never rejects: what was not answered stays in the feed.
      void sendByOsmand();
    }
  };
  const setCovered = (now: boolean) => {
    covered = now;
    line.setCovered(now && !speaksOsmand());
    if (!now) return;
    const ready = waiting;
    waiting = [];
    for (const go of ready) go();
  };

  const api = createApi(createHttp(fetcher, () => token));
  const roads = createRoads(() => line.socket(), api);
  return {
    api,
    known: () => line.known(),
    whenCovered: () =>
      covered ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve)),
    deliver: (envelope) => roads.deliver(envelope),
    follow(next) {
      plan = next;
      feed.follow(next);
    },
    setDuty(duty) {
      onDuty = duty !== "OFF_DUTY";
      if (!onDuty) feed.clear();
    },
    tick(at) {
      setCovered(isCovered(plan.dropouts, at.planS));
      if (!onDuty) return;
      const { made, dropped } = feed.tick(at, covered);
      tally.positions("made", made);
      tally.positions("dropped", dropped);
      flush();
    },
    stop() {
      line.stop();
    },
  };
}
