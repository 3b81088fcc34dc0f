import { describe, expect, test } from "vitest";
import { enteredCode } from "../../client/faces/field/enter/entered-code.ts";
import { fieldBand } from "../../client/faces/field/field-band.ts";
import { owedReceipts } from "../../client/faces/field/receipts.ts";
import { refusalParts } from "../../client/faces/field/refusal-sentence.ts";
import { hrefOf, parseRoute, type Route } from "../../client/faces/field/route.ts";
import type { ConnectionState } from "../../client/store/connection.ts";
import type { DtoOf, StoredRecord } from "../../client/store/dto.ts";

const message = (id: string, dto: DtoOf<"message">): StoredRecord<"message"> => ({
  type: "message",
  id,
  rev: 1,
  dto,
});

const healthy: ConnectionState = {
  connection: { kind: "idle" },
  heardAt: 5,
  freshness: "fresh",
  storeMode: "OK",
  trouble: [],
  sentinel: { kind: "unknown" },
};

describe("the field page", () => {
  test("FLD-10 only what came to this officer and is not receipted is owed a receipt", () => {
    const messages = [
      message("new", { toOfficerId: "me", state: "SENT" }),
      message("known", { toOfficerId: "me", state: "DELIVERED" }),
      message("mine", { toCourtId: "court", fromOfficerId: "me", state: "SENT" }),
    ];
    expect(owedReceipts(messages, "me").map(({ id }) => id)).toEqual(["new"]);
    expect(owedReceipts(messages, undefined)).toEqual([]);
  });

  test("FLD-13 offline is quiet, age is said, what only a person can change comes first", () => {
    const band = (part: Partial<ConnectionState>, online = true) =>
      fieldBand({ ...healthy, ...part }, online).kind;
    const live = { connection: { kind: "live", sinceMs: 1 } } as const;
    const lost = { connection: { kind: "connecting", tries: 2 } } as const;
    expect([
      band(live),
      band({ ...live, freshness: "late" }),
      band({ ...live, freshness: "stale" }),
      band({ ...live, storeMode: "READ_ONLY" }),
      band(lost),
      band({ connection: { kind: "connecting", tries: 0 } }, false),
      band({ ...lost, connection: { kind: "signed-out" } }),
      band({
        connection: { kind: "connecting", tries: 0 },
        freshness: "never",
        heardAt: undefined,
      }),
    ]).toEqual(["none", "late", "stale", "store", "offline", "offline", "final", "first"]);
  });

  test("FLD-3 a refusal names what, the rule and what would satisfy it", () => {
    const refusal = {
      code: "PAUSE_ORDERED",
      ruleId: "OPS-9",
      params: { court: "武汉市中级人民法院" },
    };
    const { what, basis, fix } = refusalParts(refusal);
    expect([what.zh, basis !== undefined, fix?.zh]).toEqual([
      "武汉市中级人民法院已下令暂停",
      true,
      "须由武汉市中级人民法院或其上级法院解除",
    ]);
  });

  test("FLD-14 a code is read as people say it", () => {
    expect(enteredCode(" ABCD-efgh ２３４５ ")).toBe("ABCDefgh2345");
  });

  test("FLD-7 every screen has an address of its own", () => {
    const routes: Route[] = [
      { screen: "home" },
      { screen: "sos" },
      { screen: "newDetention", kind: "DETAIN" },
      { screen: "detention", id: "a:b/c" },
    ];
    expect(routes.map((route) => parseRoute(hrefOf(route)))).toEqual(routes);
    expect(parseRoute("#/nonsense")).toEqual({ screen: "home" });
  });
});
