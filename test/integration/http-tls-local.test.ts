import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { get } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { instructions, makeLocalTls } from "../../server/cli/tls-local.ts";
import { createHttpServer } from "../../server/edge/http/http-server.ts";

const DAY_MS = 86_400_000;
const NAMES = ["localhost", "127.0.0.1", "::1", "duty-desk", "10.1.2.3"];
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "tls-local-"));
});
afterEach(() => rm(folder, { recursive: true }));

const make = (now = Date.now()) => makeLocalTls(join(folder, "tls"), NAMES, now);
const read = (file: string) => readFile(file, "utf8");

describe("a certificate for this machine", () => {
  test("EDGE-23 it is good for every name, for no more than 825 days, and its keys are its owner's", async () => {
    const tls = await make();
    const leaf = new X509Certificate(await read(tls.certFile));
    const authority = new X509Certificate(await read(tls.authorityFile));
    expect(leaf.checkIssued(authority)).toBe(true);
    expect(leaf.verify(authority.publicKey)).toBe(true);
    for (const name of ["localhost", "duty-desk"]) expect(leaf.checkHost(name)).toBe(name);
    for (const address of ["127.0.0.1", "10.1.2.3"]) expect(leaf.checkIP(address)).toBe(address);
    const days = (Date.parse(leaf.validTo) - Date.parse(leaf.validFrom)) / DAY_MS;
    expect(days).toBeLessThanOrEqual(825);
    expect(days).toBeGreaterThan(800);
    for (const file of await readdir(join(folder, "tls"))) {
      const { mode } = await stat(join(folder, "tls", file));
      expect([file, mode & 0o777]).toEqual([file, file.endsWith(".key") ? 0o600 : 0o644]);
    }
  });

  test("EDGE-23 run again, the authority stays and the leaf is new", async () => {
    const first = await make();
    const before = [await read(first.authorityFile), await read(first.certFile)];
    const second = await make();
    expect([first.newAuthority, second.newAuthority]).toEqual([true, false]);
    expect(await read(second.authorityFile)).toBe(before[0]);
    expect(await read(second.certFile)).not.toBe(before[1]);
  });

  test("EDGE-23 an authority at its end, or half an authority, is said and not replaced", async () => {
    const tls = await make();
    await expect(make(Date.now() + 3_640 * DAY_MS)).rejects.toThrow("ends too soon");
    await rm(tls.authorityFile);
    await expect(make()).rejects.toThrow("one is missing");
  });

  test("EDGE-24 the server speaks TLS 1.2 or later with it", async () => {
    const tls = await make();
    const [cert, key, ca] = await Promise.all([
      read(tls.certFile),
      read(tls.keyFile),
      read(tls.authorityFile),
    ]);
    const server = createHttpServer((_request, response) => response.end("好"), { cert, key });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    try {
      const request = get({ host: "127.0.0.1", port, ca });
      const [response] = await once(request, "response");
      expect(response.statusCode).toBe(200);
      const old = get({ host: "127.0.0.1", port, ca, maxVersion: "TLSv1.1", minVersion: "TLSv1" });
      await expect(once(old, "response")).rejects.toThrow();
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  test("EDGE-23 it says what to set, how a phone trusts it, and what the phone opens", async () => {
    const text = instructions(await make(), "3443");
    expect(text).toContain(`TLS_CERT=${folder}/tls/server.crt TLS_KEY=${folder}/tls/server.key`);
    expect(text).toContain("https://10.1.2.3:3443/field");
    expect(text).not.toContain("127.0.0.1:3443");
    expect(text).toMatch(/Android:.*\n.*iPhone:/);
    expect(text).not.toContain("ORIGINS");
    const added = instructions(await make(), "443", ["duty-desk"]);
    expect(added).toContain(
      "ORIGINS=https://localhost,https://127.0.0.1,https://[::1],https://duty-desk",
    );
  });
});
