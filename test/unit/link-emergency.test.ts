import { describe, expect, it } from "vitest";
import { createInbox } from "../../client/link/inbox.ts";
import { fakePlatform, freshStores, helloOf, patchOf, put } from "./link-fakes.ts";

const screen = () => {
  const stores = freshStores(fakePlatform());
  const inbox = createInbox(stores, "console");
  inbox.hello(helloOf());
  inbox.snapshot({ to: 5, hash8: "00000005", at: 0, put: [put("I1", 5, "incident")] });
  const revs = () =>
    [...stores.records.getState().maps.incident.values()].map(({ id, rev }) => `${id}@${rev}`);
  return { inbox, stores, revs };
};

describe("the emergency list on a screen", () => {
  it("EMG-1 shows what the log does not hold yet, over what it holds in an earlier state", () => {
    const { inbox, stores, revs } = screen();

    inbox.emergency({ at: 1, put: [put("I1", 6, "incident"), put("I2", 6, "incident")] });

    expect(revs()).toEqual(["I1@6", "I2@6"]);
    expect(stores.records.getState().cursor).toEqual({ seq: 5, hash8: "00000005" });
  });

  it("EMG-3 gives way to the log as soon as that is as far, whatever comes first", () => {
    const { inbox, revs } = screen();
    inbox.emergency({ at: 1, put: [put("I1", 6, "incident"), put("I2", 6, "incident")] });

    inbox.patch(patchOf(5, 6, { put: [put("I1", 7, "incident"), put("I2", 6, "incident")] }));
    expect(revs()).toEqual(["I1@7", "I2@6"]);
    inbox.emergency({ at: 2, put: [] });

    expect(revs()).toEqual(["I1@7", "I2@6"]);
  });

  it("EMG-10 takes away what the next list no longer names", () => {
    const { inbox, revs } = screen();
    inbox.emergency({ at: 1, put: [put("I2", 6, "incident")] });
    inbox.snapshot({ to: 6, hash8: "00000006", at: 0, put: [put("I1", 5, "incident")] });
    expect(revs()).toEqual(["I1@5", "I2@6"]);

    inbox.emergency({ at: 2, put: [] });

    expect(revs()).toEqual(["I1@5"]);
  });
});
