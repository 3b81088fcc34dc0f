import "fake-indexeddb/auto";
import { beforeEach, describe, expect, test } from "vitest";
import { createApi } from "../../client/link/api.ts";
import { createHttp, type HttpResult } from "../../client/link/http.ts";
import type { HeldItem, OutboxStage } from "../../client/link/outbox-item.ts";
import { afterDelivery, dueItems } from "../../client/link/outbox-queue.ts";
import { createRoads, type Delivery } from "../../client/link/roads.ts";
import { openSosKeyDb } from "../../client/link/sos-key-db.ts";
import { createSosKeys } from "../../client/link/sos-keys.ts";
import { createSosRoad } from "../../client/link/sos-road.ts";
import { isSignedBy, sosKeyId } from "../../server/edge/sos/sos-key.ts";
import type { CommandAnswer, CommandEnvelope } from "../../shared/wire/command.ts";
import { type SignedSos, signedSos, sosKeyRequest } from "../../shared/wire/sos.ts";
import { fakePlatform, hash8 } from "./link-fakes.ts";

let databases = 0;
let dbName = "";
beforeEach(() => {
  databases += 1;
  dbName = `sos-keys-${databases}`;
});

const OFFLINE = { ok: false, failure: { status: 0, code: "OFFLINE" } } as const;
const CALL: CommandEnvelope = {
  id: "0193a000-0000-7000-8000-000000000001",
  kind: "incident.sos",
  ref: { type: "incident", id: "i1" },
  payload: { place: { lat: 30.6, lng: 114.3 }, battery: 40 },
  knownSeq: 3,
  knownAt: 4,
  deviceAt: 5,
};

/** One page life of a phone whose server keeps what is enrolled. */
async function phone(more: { subtle?: SubtleCrypto | undefined; offline?: boolean } = {}) {
  const enrolled: string[] = [];
  const platform = fakePlatform();
  const keys = await createSosKeys({
    db: openSosKeyDb(dbName),
    platform,
    subtle: "subtle" in more ? more.subtle : crypto.subtle,
    api: {
      enrolSosKey: async (publicKey) => {
        if (more.offline) return OFFLINE;
        expect(sosKeyRequest.safeParse({ publicKey }).success).toBe(true);
        enrolled.push(publicKey);
        return { ok: true, value: { keyId: sosKeyId("O1", publicKey) } };
      },
    },
  });
  return { keys, enrolled, platform };
}

describe("the key of a phone", () => {
  test("SOSR-1 it is made once, cannot be read, survives page lives, and its signature is the server's", async () => {
    const first = await phone();
    await first.keys.ensure("O1");
    const key = first.keys.of("O1");
    expect(key?.pair.privateKey.extractable).toBe(false);
    await expect(
      crypto.subtle.exportKey("pkcs8", key?.pair.privateKey as CryptoKey),
    ).rejects.toThrow();

    const second = await phone();
    await second.keys.ensure("O1");
    expect(second.enrolled).toEqual(first.enrolled);
    const again = second.keys.of("O1");
    if (!again) throw new Error("no key after a reload");
    const signed = await second.keys.sign(again, CALL);
    const onTheWire = JSON.parse(JSON.stringify(signed)) as SignedSos;
    expect(signedSos.safeParse(onTheWire).success).toBe(true);
    expect(isSignedBy(again.publicKey, onTheWire)).toBe(true);
    const aged = { ...onTheWire, envelope: { ...onTheWire.envelope, ageMs: 77 } };
    expect(isSignedBy(again.publicKey, aged)).toBe(true);
    for (const change of [{ battery: 41 }, { payload: {} }, { knownSeq: 9 }, { id: "x" }]) {
      const other = { ...onTheWire, envelope: { ...onTheWire.envelope, ...change } };
      expect(isSignedBy(again.publicKey, other)).toBe(false);
    }
    expect(
      isSignedBy(again.publicKey, { ...onTheWire, keyId: sosKeyId("O2", again.publicKey) }),
    ).toBe(false);
  });

  test("SOSR-1 another officer's sign-in leaves it there, and makes the phone the other's", async () => {
    const { keys, platform } = await phone();
    await keys.ensure("O1");
    platform.pass(1_000);
    await keys.ensure("O2");
    expect(keys.store.getState().keys.map(({ officerId }) => officerId)).toEqual(["O2", "O1"]);
    expect(keys.of("O1")).toBeDefined();
    expect((await phone()).keys.store.getState().keys.length).toBe(2);
  });

  test("SOSR-1 two pages at once make one key", async () => {
    const [a, b] = await Promise.all([phone(), phone()]);
    await Promise.all([a.keys.ensure("O1"), b.keys.ensure("O1")]);
    expect(b.enrolled).toEqual(a.enrolled);
  });

  test("SOSR-14 without a network it is not enrolled yet, on plain http there is none", async () => {
    const far = await phone({ offline: true });
    await far.keys.ensure("O1");
    expect(far.keys.of("O1")).toBeUndefined();
    expect(far.keys.store.getState().keys[0]?.officerId).toBe("O1");
    const plain = await phone({ subtle: undefined });
    await plain.keys.ensure("O1");
    expect([plain.keys.store.getState().support, plain.keys.of("O1")]).toEqual([
      "insecure",
      undefined,
    ]);
    const near = await phone();
    await near.keys.ensure("O1");
    expect(near.keys.of("O1")?.keyId).toBeDefined();
  });

  test("SOSR-1 a sixth officer pushes the oldest out, on the disk too", async () => {
    const { keys, platform } = await phone();
    for (let n = 1; n <= 6; n += 1) {
      platform.pass(1_000);
      await keys.ensure(`O${n}`);
    }
    const kept = (await phone()).keys.store.getState().keys.map(({ officerId }) => officerId);
    expect(kept).toEqual(["O6", "O5", "O4", "O3", "O2"]);
  });
});

describe("the roads of a call for help", () => {
  const answer = (outcome: CommandAnswer["outcome"]): CommandAnswer => ({
    id: CALL.id,
    outcome,
    seq: 3,
    hash8: hash8(3),
  });
  const taken: Delivery = { kind: "answer", answer: answer("ACCEPTED") };
  const refused: Delivery = { kind: "answer", answer: answer("REFUSED") };
  const silent: Delivery = { kind: "none", failure: OFFLINE.failure };
  const status = (code: number): HttpResult<CommandAnswer> => ({
    ok: false,
    failure: { status: code, code: "X" },
  });

  const unknownKey: HttpResult<CommandAnswer> = {
    ok: false,
    failure: { status: 403, code: "SOS_KEY_UNKNOWN" },
  };

  async function road(by: { socket?: Delivery; key?: HttpResult<CommandAnswer>; post?: Delivery }) {
    const went: string[] = [];
    databases += 1;
    dbName = `sos-keys-${databases}`;
    const { keys } = await phone();
    if (by.key) await keys.ensure("O1");
    const roads = {
      bySocket: async () => {
        went.push("socket");
        return by.socket;
      },
      byPost: async () => {
        went.push("post");
        return by.post ?? silent;
      },
    };
    const sos = async () => {
      went.push("key");
      return by.key ?? OFFLINE;
    };
    return { went, keys, sos: createSosRoad(roads, { sos }, keys) };
  }
  const accepted: HttpResult<CommandAnswer> = { ok: true, value: answer("ACCEPTED") };

  test("SOSR-11 signed in: socket, then key, then POST, until one takes it", async () => {
    const cases: readonly (readonly [Parameters<typeof road>[0], string, Delivery["kind"]])[] = [
      [{ socket: taken, key: accepted }, "socket", "answer"],
      [{ key: accepted }, "socket key", "answer"],
      [{ socket: refused, key: accepted }, "socket key", "answer"],
      [{ key: OFFLINE, post: taken }, "socket key post", "answer"],
      [{ post: taken }, "socket post", "answer"],
      [{ key: OFFLINE, post: silent }, "socket key post", "none"],
      [{ socket: refused, key: OFFLINE, post: refused }, "socket key post", "none"],
      [{ socket: refused, post: refused }, "socket post", "answer"],
      [{ key: status(503), post: taken }, "socket key post", "answer"],
    ];
    for (const [by, roads, kind] of cases) {
      const { went, sos } = await road(by);
      const delivery = await sos.deliver(CALL, "O1", true);
      expect([went.join(" "), delivery.kind]).toEqual([roads, kind]);
    }
  });

  test("SOSR-11 signed out: the key alone, and without one it waits", async () => {
    const withKey = await road({ key: accepted, socket: taken, post: taken });
    expect((await withKey.sos.deliver(CALL, "O1", false)).kind).toBe("answer");
    expect(withKey.went).toEqual(["key"]);
    const without = await road({ socket: taken, post: taken });
    expect((await without.sos.deliver(CALL, "O1", false)).kind).toBe("none");
    expect(without.went).toEqual([]);
    expect([
      withKey.sos.knows("O1"),
      withKey.sos.knows("O2"),
      withKey.sos.knows(undefined),
    ]).toEqual([true, false, false]);
  });

  test("SOSR-11 a key that the server does not know is not tried again before it is enrolled anew", async () => {
    const { went, sos, keys } = await road({ key: unknownKey, post: refused });
    expect((await sos.deliver(CALL, "O1", true)).kind).toBe("answer");
    expect([went, sos.knows("O1")]).toEqual([["socket", "key", "post"], false]);
    await keys.ensure("O1");
    expect(sos.knows("O1")).toBe(true);
  });

  test("SOSR-19 a key is forgotten only on this server's own word that it does not know it", async () => {
    for (const code of ["HTTP_403", "SOS_FORGED", "ORIGIN_REFUSED"]) {
      const { sos } = await road({ key: { ok: false, failure: { status: 403, code } } });
      expect([code, (await sos.deliver(CALL, "O1", false)).kind]).toEqual([code, "none"]);
      expect([code, sos.knows("O1")]).toEqual([code, true]);
    }
    expect((await phone()).keys.of("O1")?.keyId).toBeDefined();
  });

  test("SOSR-20 a way that fails by itself does not stop the others", async () => {
    const { keys } = await phone();
    await keys.ensure("O1");
    const lost = () => Promise.reject(new DOMException("key lost", "InvalidAccessError"));
    const sos = createSosRoad(
      { bySocket: lost, byPost: async () => taken },
      { sos: async () => OFFLINE },
      { ...keys, sign: lost },
    );
    expect(await sos.deliver(CALL, "O1", true)).toEqual(taken);
    expect((await sos.deliver(CALL, "O1", false)).kind).toBe("none");
  });
});

describe("a proxy between the phone and the server", () => {
  const HELD: HeldItem = {
    id: CALL.id,
    order: 1,
    envelope: CALL,
    urgent: true,
    owner: "O1",
    made: { page: "p", mono: 0, gap: 0 },
    tries: 0,
    stage: { kind: "waiting" },
    disk: "saved",
  };
  const IDLE = { now: 0, restUntil: new Map(), inFlight: new Set<string>() };

  /** What becomes of the call when every POST is answered so. */
  async function answeredBy(body: string, status: number, stage: OutboxStage, signedIn: boolean) {
    const { keys } = await phone();
    await keys.ensure("O1");
    const posted: string[] = [];
    const fetcher = async (path: unknown) => {
      posted.push(String(path));
      return new Response(body, { status });
    };
    const api = createApi(
      createHttp(fetcher as typeof fetch, () => undefined),
      "field",
    );
    const sos = createSosRoad(
      createRoads(() => undefined, api),
      api,
      keys,
    );
    const after = afterDelivery({ ...HELD, stage }, await sos.deliver(CALL, "O1", signedIn));
    const hands = { signedIn: undefined, hasKey: sos.knows };
    return { posted, stage: after.stage.kind, due: dueItems([after], hands, IDLE).length };
  }

  test("SOSR-18 no page of a proxy ends a call for help, waiting or journalled: it is tried again by every way", async () => {
    for (const status of [200, 400, 403, 404, 413, 415, 422, 500]) {
      for (const stage of [{ kind: "waiting" }, { kind: "journal", at: 1 }] as const) {
        const page = "<html>blocked</html>";
        const away = await answeredBy(page, status, stage, false);
        expect([status, away]).toEqual([
          status,
          { posted: ["/api/sos"], stage: stage.kind, due: 1 },
        ]);
        const { posted, ...near } = await answeredBy(page, status, stage, true);
        expect([status, posted]).toEqual([status, ["/api/sos", "/api/commands"]]);
        expect([status, near]).toEqual([status, { stage: stage.kind, due: 1 }]);
      }
    }
  });

  test("SOSR-18 an answer to another command is no answer to this one", async () => {
    const other = { id: "another", outcome: "ACCEPTED", seq: 3, hash8: hash8(3) };
    for (const [outcome, status] of [
      ["ACCEPTED", 200],
      ["REFUSED", 200],
      ["REFUSED", 422],
    ] as const) {
      const body = JSON.stringify({ ...other, outcome });
      const { stage, due } = await answeredBy(body, status, { kind: "waiting" }, true);
      expect([outcome, status, stage, due]).toEqual([outcome, status, "waiting", 1]);
    }
  });
});
