/** A phone in the wrong hands: its key is the field's and no console's. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { hashToken, newToken } from "../../server/accounts/tokens.ts";
import type { Device } from "../../shared/domain/device/state.ts";
import { belongsTo } from "../support/domain/province.ts";
import { openRig, type Rig, settle } from "./http-rig.ts";

let rig: Rig;
const call = {
  id: "n-1",
  to: ["027-0000 0001"],
  kind: "SOS" as const,
  text: "江岸：紧急求助未接警",
  at: 0,
  courtId: "jiangan",
  alarmCourtId: "jiangan",
};
const phone: Device = {
  type: "device",
  id: "phone-1",
  rev: 1,
  stateRev: 1,
  createdAt: 0,
  updatedAt: 0,
  ...belongsTo("jiangan"),
  kind: "PHONE",
  label: "执行终端",
  officerId: "desk",
  status: "ENROLLED",
};

beforeEach(async () => {
  rig = await openRig({ outbox: () => [call] });
  settle(rig);
  rig.world.put(phone);
});
afterEach(() => rig.close());

describe("the key of a duty officer's phone", () => {
  test.each(["/api/watchers", "/api/notifications/outbox"])(
    "SESS-8 reads nothing of the desk by %s, which his session does",
    async (path) => {
      const secret = newToken();
      await rig.accounts.putDeviceSecret({ deviceId: phone.id, secretHash: hashToken(secret) });
      const headers = { authorization: `Bearer ${phone.id}.${secret}` };

      const byKey = await rig.call("GET", path, { headers });
      const bySession = await rig.call("GET", path, { cookie: await rig.signIn("desk") });

      expect(byKey.json).toMatchObject({ code: "ROLE_REFUSED" });
      expect(byKey.text).not.toContain("027-0000");
      expect(bySession.status).toBe(200);
    },
  );
});
