import { expect, test } from "vitest";
import type { Fleet } from "../../client/map/fleet.ts";
import { namedByBurst } from "../../client/map/kept-apart.ts";
import { fakePlatform, freshStores } from "./link-fakes.ts";

test("MAP-9 the burst of an open SOS bears its caller's name, so that his dot does not", () => {
  const stores = freshStores(fakePlatform());
  const incident = (id: string, dto: object) =>
    [id, { type: "incident", id, rev: 1, dto }] as const;
  const open = { kind: "SOS", sos: true, state: "REPORTED" };
  const incidents = new Map([
    incident("sos", { ...open, reporterId: "a" }),
    incident("over", { ...open, state: "RESOLVED", reporterId: "b" }),
    incident("fire", { kind: "FIRE", state: "REPORTED", reporterId: "c" }),
    incident("hidden", { sos: true, state: "REPORTED", reporterId: "d" }),
    incident("unseen", { ...open, reporterId: "x" }),
  ]);
  stores.records.setState((s) => ({ maps: { ...s.maps, incident: incidents as never } }));
  const indexes: Readonly<Record<string, number>> = { a: 1, b: 2, c: 3, d: 4 };
  const fleet = { indexOf: (id: string) => indexes[id] } as unknown as Fleet;
  expect([...namedByBurst(stores, fleet)]).toEqual([1]);
});
