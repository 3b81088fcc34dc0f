import { expect, test } from "vitest";
import { keepSosKey } from "../../client/compose-field.ts";
import { createSosKeys } from "../../client/link/sos-keys.ts";
import { sosKeyId } from "../../server/edge/sos/sos-key.ts";
import { fakePlatform, freshStores, helloOf } from "./link-fakes.ts";

/** A live field page of O1, and how often its key was enrolled. */
async function page() {
  const platform = fakePlatform();
  const stores = freshStores(platform);
  const enrolled: string[] = [];
  let offline = false;
  const sosKeys = await createSosKeys({
    db: undefined,
    platform,
    subtle: crypto.subtle,
    api: {
      enrolSosKey: async (publicKey) => {
        enrolled.push(publicKey);
        if (offline) return { ok: false, failure: { status: 0, code: "OFFLINE" } };
        return { ok: true, value: { keyId: sosKeyId("O1", publicKey) } };
      },
    },
  });
  keepSosKey({ stores, platform }, { sosKeys });
  stores.session.setState({ hello: helloOf({ officerId: "O1" }) });
  const live = (sinceMs: number) =>
    stores.connection.setState({ connection: { kind: "live", sinceMs } });
  live(1);
  const known = async (is: boolean) => expect.poll(() => sosKeys.of("O1") !== undefined).toBe(is);
  await known(true);
  return { platform, stores, sosKeys, enrolled, live, known, cut: (is: boolean) => (offline = is) };
}

test("SOSR-19 a key that the server does not know any more is enrolled again while its officer is signed in", async () => {
  const { platform, sosKeys, enrolled, known } = await page();
  sosKeys.unknown("O1");
  await known(false);
  platform.pass(2_000);
  await known(true);
  expect(enrolled.length).toBe(2);
  expect(new Set(enrolled).size).toBe(1);
});

test("SOSR-19 where that does not succeed it is done when the link is live again", async () => {
  const { platform, stores, sosKeys, enrolled, live, known, cut } = await page();
  stores.connection.setState({ connection: { kind: "connecting", tries: 1 } });
  sosKeys.unknown("O1");
  platform.pass(60_000);
  expect(enrolled.length).toBe(1);
  cut(true);
  live(2);
  await expect.poll(() => enrolled.length).toBe(2);
  await new Promise((done) => setTimeout(done, 0));
  cut(false);
  live(3);
  await known(true);
  expect(enrolled.length).toBe(3);
});
