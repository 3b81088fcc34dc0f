import { describe, expect, test } from "vitest";
import {
  candidatesFor,
  type Fix,
  minutesFor,
} from "../../client/faces/console/dispatch/candidates.ts";
import { COURTS, mapsOf, NOW, put } from "./console-fixtures.ts";

const TARGET = { at: { lat: 30.6, lng: 114.3 }, courtId: "jiangan", operationId: "op-1" };
/** One kilometre north is about 0.009 degrees. */
const north = (km: number, ageMs = 0): Fix => ({
  lat: 30.6 + km * 0.008993,
  lng: 114.3,
  at: NOW - ageMs,
});

const officer = (id: string, duty = "ON_DUTY") => put("officer", id, { courtId: "jiangan", duty });
const operation = (id: string, memberIds: string[], state = "EXECUTING") =>
  put("operation", id, { courtId: "jiangan", state, memberIds });

function list(
  fixes: Readonly<Record<string, Fix>>,
  ...puts: Parameters<typeof mapsOf>
): ReturnType<typeof candidatesFor> {
  return candidatesFor(TARGET, mapsOf(...COURTS, ...puts), ({ id }) => fixes[id], NOW);
}

describe("who could help", () => {
  test("CON-11 by distance, with an estimate in minutes and why", () => {
    const { officers } = list({ near: north(1), far: north(5) }, officer("far"), officer("near"));
    expect(officers.map(({ id, minutes, reasons }) => ({ id, minutes, reasons }))).toEqual([
      { id: "near", minutes: 3, reasons: ["NEAREST", "FREE", "OWN_COURT"] },
      { id: "far", minutes: 13, reasons: ["FREE", "OWN_COURT"] },
    ]);
  });

  test("CON-11 busy or long unseen stands lower and says so; the same operation stands higher", () => {
    const { officers } = list(
      { busy: north(1), old: north(2, 60_000), free: north(3), mate: north(4) },
      officer("busy"),
      officer("old"),
      officer("free"),
      officer("mate", "DEPLOYED"),
      operation("op-1", ["mate"]),
      operation("op-2", ["busy"]),
    );
    expect(officers.map(({ id, doubts }) => ({ id, doubts }))).toEqual([
      { id: "mate", doubts: [] },
      { id: "free", doubts: [] },
      { id: "old", doubts: ["OLD_POSITION"] },
      { id: "busy", doubts: ["BUSY"] },
    ]);
  });

  test("CON-11 off duty and the caller are not asked; who has no position is counted", () => {
    const found = candidatesFor(
      { ...TARGET, exceptOfficerId: "caller" },
      mapsOf(officer("off", "OFF_DUTY"), officer("caller"), officer("unseen"), officer("seen")),
      ({ id }) => (id === "unseen" ? undefined : north(1)),
      NOW,
    );
    expect(found.officers.map(({ id }) => id)).toEqual(["seen"]);
    expect(found.withoutPosition).toBe(1);
  });

  test("CON-11 an operation that has not left keeps nobody busy", () => {
    const { officers } = list({ a: north(1) }, officer("a"), operation("op-3", ["a"], "APPROVED"));
    expect(officers[0]?.doubts).toEqual([]);
  });

  test("CON-11 courts and police units by their seats, detention houses are no help", () => {
    const seat = { lat: 30.61, lng: 114.3 };
    const { courts, units } = list(
      {},
      put("unit", "station", { kind: "POLICE", courtId: "jiangan", seat }),
      put("unit", "house", { kind: "DETENTION_HOUSE", courtId: "jiangan", seat }),
    );
    expect(courts.map(({ id }) => id)).toEqual(["jiangan", "wuhan", "huangpi"]);
    expect(units.map(({ id }) => id)).toEqual(["station"]);
  });

  test("CON-11 nobody is there in no time", () => {
    expect(minutesFor(0)).toBe(1);
    expect(minutesFor(10_000)).toBe(26);
  });
});
