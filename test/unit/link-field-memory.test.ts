import "fake-indexeddb/auto";
import { describe, expect, test } from "vitest";
import { openFieldMemory, rememberField, restore } from "../../client/link/field-memory.ts";
import { createInbox } from "../../client/link/inbox.ts";
import { fakePlatform, freshStores, hash8, helloOf, patchOf, put } from "./link-fakes.ts";

const settled = () => new Promise((done) => setTimeout(done, 20));
const hello = helloOf({ seat: "field", view: "field:O1" });

/** A phone that saw one operation and wrote it down. */
async function rememberedPhone(name: string) {
  const platform = fakePlatform();
  const stores = freshStores(platform);
  const memory = await openFieldMemory(name);
  const inbox = createInbox(stores, "field");
  rememberField(stores, memory, platform);
  inbox.happened({ kind: "started" });
  inbox.hello(hello);
  inbox.snapshot({ to: 7, hash8: hash8(7), at: 90_000, put: [put("OP1", 2)] });
  platform.pass(2_000);
  await settled();
  return { inbox, memory, platform };
}

/** The same phone after a reload in a dead zone. */
async function reopened(name: string) {
  const stores = freshStores(fakePlatform(1));
  const last = await (await openFieldMemory(name)).read();
  if (last) restore(stores, last);
  return stores;
}

describe("what a phone remembers", () => {
  test("LINK-19 it opens with what it last saw, and resumes from there", async () => {
    await rememberedPhone("memory-1");
    const stores = await reopened("memory-1");
    expect(stores.records.getState().maps.operation.get("OP1")?.rev).toBe(2);
    expect(stores.records.getState().cursor).toEqual({ seq: 7, hash8: hash8(7) });
    expect(stores.session.getState().hello?.officerId).toBe("O1");
  });

  test("LINK-19 what was remembered is as old as it is", async () => {
    await rememberedPhone("memory-2");
    const stores = await reopened("memory-2");
    createInbox(stores, "field").look();
    expect(stores.connection.getState()).toMatchObject({ heardAt: 90_000, freshness: "stale" });
  });

  test("LINK-22 on a phone whose own clock is an hour behind, too, it is stale", async () => {
    await rememberedPhone("memory-22");
    const platform = fakePlatform(1);
    platform.sleep(85_000 - platform.wallMs());
    const stores = freshStores(platform);
    const last = await (await openFieldMemory("memory-22")).read();
    if (last) restore(stores, last);
    createInbox(stores, "field").look();
    expect(stores.connection.getState()).toMatchObject({ heardAt: 90_000, freshness: "stale" });
  });

  test("LINK-19 what the server sent is never overwritten by memory", async () => {
    await rememberedPhone("memory-3");
    const stores = freshStores(fakePlatform(2));
    const inbox = createInbox(stores, "field");
    inbox.hello(hello);
    inbox.snapshot({ to: 9, hash8: hash8(9), at: 99_000, put: [] });
    const last = await (await openFieldMemory("memory-3")).read();
    if (last) restore(stores, last);
    expect(stores.records.getState().cursor?.seq).toBe(9);
    expect(stores.records.getState().maps.operation.size).toBe(0);
  });

  test("LINK-19 a burst of patches is written once, with its end", async () => {
    const { inbox, memory, platform } = await rememberedPhone("memory-4");
    for (let seq = 8; seq < 20; seq += 1) {
      inbox.patch(patchOf(seq - 1, seq, { at: 91_000, put: [put("OP1", seq)] }));
    }
    platform.pass(2_000);
    await settled();
    expect((await memory.read())?.cursor.seq).toBe(19);
    expect((await memory.read())?.put[0]?.rev).toBe(19);
  });

  test("LINK-19 it is wiped when access ends", async () => {
    const { inbox, memory } = await rememberedPhone("memory-5");
    inbox.happened({ kind: "closing", reason: "REVOKED" });
    await settled();
    expect(await memory.read()).toBeUndefined();
  });
});
