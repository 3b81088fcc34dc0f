import { afterAll, beforeAll, expect, it } from "vitest";
import type { CommandAnswer } from "../../shared/wire/command.ts";
import { request } from "../support/server/http-client.ts";
import { RawClient } from "../support/server/raw-client.ts";
import { type ServerHere, startHere } from "../support/server/server-here.ts";
import { sosCall, sosPhone } from "../support/server/sos-phone.ts";

let here: ServerHere;
beforeAll(async () => {
  here = await startHere();
});
afterAll(() => here.close());

it("SOSR-26 given a flood by POST, when it goes on by socket, signed and by the device protocol, then nothing of it is written any more", async () => {
  const device = here.server.handout?.devices.find(({ officerId }) => /-police$/.test(officerId));
  if (!device) throw new Error("the province has no police");
  const { token } = device;
  const [deviceId = "", secret = ""] = token.split(".");
  const who = { device: token };
  const phone = await sosPhone(here.url, { cookie: await here.cookieOf(device.officerId) });
  const socket = await RawClient.open(here.url, { seat: "field", device: token });
  const tail = () => here.server.kernel.app.tail().seq;
  const said: unknown[] = [];
  const before = tail();
  const from = here.clock.monotonic();
  // A slow machine takes its time, and with it more calls pass.
  const most = () => 5 + Math.ceil((here.clock.monotonic() - from) / 2_000);
  for (let n = 0; n < 20; n += 1)
    said.push((await request(here.url, "POST", "/api/commands", who, sosCall())).json);
  expect(tail() - before).toBeLessThanOrEqual(most());
  for (let n = 0; n < 20; n += 1) {
    said.push(await socket.ask("command", sosCall()));
    said.push((await phone.call(sosCall(), { who })).json);
    const at = Date.now() - n * 1_000;
    const query = `id=${deviceId}&timestamp=${at}&lat=30.6&lon=114.3&alarm=sos`;
    expect((await request(here.url, "GET", `/osmand/${secret}?${query}`, {})).status).toBe(200);
  }
  const answers = said as readonly CommandAnswer[];
  expect(new Set(answers.map(({ outcome }) => outcome))).toEqual(new Set(["ACCEPTED"]));
  expect(tail() - before).toBeLessThanOrEqual(most());
  expect(answers.slice(-20).some(({ joined }) => joined !== undefined)).toBe(true);
  socket.terminate();
});
