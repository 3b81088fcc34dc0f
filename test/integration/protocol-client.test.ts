import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningServer, startServer } from "../../server/compose.ts";
import { readConfig } from "../../server/config.ts";
import { createLogger } from "../../server/edge/logging.ts";
import { type ClientOptions, MinimalClient, signIn } from "../protocol-client/minimal-client.ts";
import { freePort } from "../support/server/free-port.ts";

const PASSWORD = "demo-2026";
const PLACE = { lat: 30.6123, lng: 114.3011 };

describe("a client written from the document alone", () => {
  let dataDir: string;
  let server: RunningServer;
  let url: string;
  let desk: MinimalClient;
  let phone: MinimalClient;

  const client = async (login: string, seat: ClientOptions["seat"]): Promise<MinimalClient> =>
    new MinimalClient({ url, seat, cookie: await signIn(url, login, PASSWORD) });

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "protocol-client-"));
    const port = String(await freePort());
    const settings = { PORT: port, DATA_DIR: dataDir, STORE: "memory", DEMO: "1", SIMULATOR: "0" };
    const config = readConfig(settings, () => []);
    server = await startServer(config, {
      logger: createLogger("silent"),
      clientDir: join(dataDir, "no-client"),
    });
    url = server.url.replace("127.0.0.1", "localhost");
  });
  afterAll(async () => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  it("HOUSE-11 is told by code why it may not sign in", async () => {
    await expect(signIn(url, "jiangan.duty", "wrong")).rejects.toThrow("WRONG_PASSWORD");
    const stranger = new MinimalClient({ url, seat: "console" });
    await expect(stranger.connect()).rejects.toThrow("NOT_SIGNED_IN");
    const police = await client("jiangan.police", "console");
    await expect(police.connect()).rejects.toThrow("SEAT_REFUSED");
  });

  it("HOUSE-11 signs in and takes a snapshot", async () => {
    [desk, phone] = await Promise.all([
      client("jiangan.duty", "console"),
      client("jiangan.police", "field"),
    ]);
    await Promise.all([desk.connect(), phone.connect()]);
    const courts = [...desk.records.values()].filter(({ type }) => type === "court");
    expect([desk.snapshots, courts.length]).toEqual([1, 128]);
    expect(desk.hello?.view).toMatch(/^console:/);
    expect(phone.records.get(`officer/${phone.hello?.officerId}`)?.dto.duty).toBe("OFF_DUTY");
  });

  it("HOUSE-11 sends a command, and another screen follows by patches", async () => {
    const officerId = phone.hello?.officerId ?? "";
    const answer = await phone.bySocket(
      phone.envelope("officer.setDuty", officerId, { duty: "DEPLOYED" }),
    );
    expect(answer.outcome).toBe("ACCEPTED");
    await desk.until(() => (desk.cursor?.seq ?? 0) >= answer.seq);
    expect(desk.records.get(`officer/${officerId}`)?.dto.duty).toBe("DEPLOYED");
    expect(desk.snapshots).toBe(1);
  });

  it("HOUSE-11 reports positions, and another screen reads them out of a frame", async () => {
    const officer = desk.records.get(`officer/${phone.hello?.officerId}`);
    const trackIndex = Number(officer?.dto.trackIndex);
    await phone.report([
      { seq: 1, deviceAt: Date.now() - 2_000, ...PLACE },
      { seq: 2, deviceAt: Date.now(), lat: PLACE.lat, lng: PLACE.lng + 0.0001, speedMps: 4.5 },
    ]);
    await desk.until(() => desk.positions.has(trackIndex));
    const { lat, lng, ...seen } = desk.positions.get(trackIndex) ?? { lat: 0, lng: 0 };
    expect(lat).toBeCloseTo(PLACE.lat, 6);
    expect(lng).toBeCloseTo(PLACE.lng + 0.0001, 6);
    expect(seen).toEqual({ speedMps: 4.5, ageS: 0 });
  });

  it("HOUSE-11 sends again by the other road and is answered with the same commit", async () => {
    const sos = phone.envelope("incident.sos", "minimal-sos", { place: PLACE });
    const first = await phone.bySocket(sos);
    const again = await phone.byPost(sos);
    expect([first.outcome, again.outcome, again.seq]).toEqual(["ACCEPTED", "ACCEPTED", first.seq]);
    const reused = await desk.byPost(sos);
    expect(reused.refusal?.code).toBe("ID_REUSED");
  });

  it("HOUSE-11 reads a refusal, acts, and sees a record end", async () => {
    await desk.until(() => desk.records.has("incident/minimal-sos"));
    const refused = await phone.bySocket(phone.envelope("incident.acknowledge", "minimal-sos"));
    expect(refused.refusal?.code).toBe("ROLE_REQUIRED");
    expect(refused.refusal?.message?.en).toMatch(/^Not possible: /);
    const acts = desk.records.get("incident/minimal-sos")?.dto.acts;
    expect(acts).toMatchObject({ "incident.acknowledge": null });
    const step = async (kind: string, payload = {}): Promise<void> => {
      const answer = await desk.bySocket(desk.envelope(kind, "minimal-sos", payload));
      expect([kind, answer.outcome]).toEqual([kind, "ACCEPTED"]);
      await desk.until(() => (desk.cursor?.seq ?? 0) >= answer.seq);
    };
    await step("incident.acknowledge");
    await step("incident.falseAlarm", { reason: "误触" });
    expect(desk.records.has("incident/minimal-sos")).toBe(false);
    expect(desk.ended.get("incident/minimal-sos")?.dto).toMatchObject({
      state: "FALSE_ALARM",
      endReason: { text: "误触" },
    });
  });

  it("HOUSE-11 resumes over what happened while it was away, without a snapshot", async () => {
    await desk.close();
    const answer = await phone.bySocket(
      phone.envelope("message.send", "minimal-m1", { toCourtId: "court-017", text: "到位" }),
    );
    expect(answer.outcome).toBe("ACCEPTED");
    await desk.connect();
    expect(desk.records.get("message/minimal-m1")?.dto.text).toMatchObject({ text: "到位" });
    expect(desk.snapshots).toBe(1);
  });

  it("HOUSE-11 looks on as a wall and speaks as a phone with nothing but their tokens", async () => {
    const kiosk = server.handout?.walls[0]?.token ?? "";
    const wall = new MinimalClient({ url, seat: "wall", kiosk });
    await wall.connect();
    const refused = await wall.bySocket(wall.envelope("message.send", "minimal-m2", {}));
    expect([wall.hello?.view, refused.error]).toEqual(["wall:court-000", "READ_ONLY"]);
    const { token, officerId } = server.handout?.devices[0] ?? { token: "", officerId: "" };
    const device = new MinimalClient({ url, seat: "field", device: token });
    await device.connect();
    const duty = device.envelope("officer.setDuty", officerId, { duty: "ON_DUTY" });
    expect((await device.byPost(duty)).outcome).toBe("ACCEPTED");
    await Promise.all([wall.close(), device.close()]);
  });

  it("HOUSE-11 hears why the server goes", async () => {
    await server.stop();
    await desk.until(() => desk.closing === "SHUTDOWN");
  });
});
