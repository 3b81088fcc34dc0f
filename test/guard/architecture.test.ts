import { basename } from "node:path";
import { describe, expect, it } from "vitest";
import { codeOf, filesLike, type Import, importsOf } from "./source-files.ts";

const SOURCES = filesLike("{client,server,shared}/**/*.{ts,tsx}");
const ALL = importsOf(SOURCES);

const isUnder = (path: string, folder: string): boolean => path.startsWith(`${folder}/`);
const isOwn = (to: string): boolean => /^(client|server|shared|test)\//.test(to);

/** `from → to` of every import out of `folder` that is not allowed. */
const wrongOutOf = (folder: string, allowed: (to: string) => boolean): string[] =>
  ALL.filter(({ from, to }) => isUnder(from, folder) && !isUnder(to, folder) && !allowed(to)).map(
    shown,
  );

const shown = ({ from, to }: Import): string => `${from} → ${to}`;
const under =
  (...folders: string[]) =>
  (to: string): boolean =>
    folders.some((folder) => isUnder(to, folder));

describe("architecture", () => {
  it("HOUSE-1 the search sees the imports there are", () => {
    expect(SOURCES.length).toBeGreaterThan(400);
    expect(ALL.filter(({ to }) => isUnder(to, "shared/domain")).length).toBeGreaterThan(400);
    expect(ALL.filter(({ to }) => isOwn(to) && !/\.(ts|tsx|css|json)$/.test(to))).toEqual([]);
  });

  it("HOUSE-1 domain and geo import nothing outside themselves", () => {
    const nothing = () => false;
    expect([...wrongOutOf("shared/domain", nothing), ...wrongOutOf("shared/geo", nothing)]).toEqual(
      [],
    );
  });

  it("HOUSE-1 the wire imports the domain and its own packages", () => {
    const packages = ["zod", "socket.io-parser"];
    expect(
      wrongOutOf("shared/wire", (to) => isUnder(to, "shared/domain") || packages.includes(to)),
    ).toEqual([]);
  });

  it("HOUSE-1 client and server know the shared folder and not each other", () => {
    const foreign = (folder: string, other: string) =>
      wrongOutOf(folder, (to) => !isUnder(to, other) && !isUnder(to, "test"));
    expect([...foreign("client", "server"), ...foreign("server", "client")]).toEqual([]);
  });

  it("HOUSE-2 app knows ports, no framework, socket or driver", () => {
    const packages = ["lru-cache", "tinyqueue", "node:crypto"];
    const ports = under(
      "server/log",
      "server/vault",
      "server/accounts",
      "server/journal",
      "server/tracks",
      "server/state-cache",
      "shared",
    );
    expect(wrongOutOf("server/app", (to) => ports(to) || packages.includes(to))).toEqual([]);
  });

  it("HOUSE-2 stores know neither app nor edge", () => {
    const folders = ["server/log", "server/vault", "server/accounts", "server/anchors"];
    const wrong = folders.flatMap((folder) =>
      wrongOutOf(folder, (to) => !isOwn(to) || under(...folders, "server/disk")(to)),
    );
    // A folder of tracks is held as a backup holds a file; its rows are those of the wire.
    const ofTracks = under("server/disk", "shared/wire");
    wrong.push(
      ...wrongOutOf(
        "server/tracks",
        (to) => !isOwn(to) || ofTracks(to) || to === "server/backup/exclusive.ts",
      ),
    );
    // A kept state is written to a file as a backup is.
    const ofState = under("server/state-cache", "server/disk");
    wrong.push(
      ...wrongOutOf(
        "server/state-cache",
        (to) => !isOwn(to) || ofState(to) || to === "server/backup/durable-files.ts",
      ),
    );
    expect(wrong).toEqual([]);
  });

  it("HOUSE-2 the edge knows app and stores' ports, and nothing of composition or demonstration", () => {
    const ports = under("server/app", "server/log", "server/vault", "server/accounts", "shared");
    expect(wrongOutOf("server/edge", (to) => !isOwn(to) || ports(to))).toEqual([]);
  });

  it("HOUSE-3 adapters are imported by the composition", () => {
    const isAdapter = (to: string) => /^server\/.*-(memory|sqlite|mongo)\.ts$/.test(to);
    const importers = ALL.filter(({ to }) => isAdapter(to)).map(({ from }) => from);
    expect([...new Set(importers)].sort()).toEqual([
      // A backup reads and loads what lies beneath the ports, without the rest of a server.
      "server/backup/places.ts",
      "server/backup/source-mongo.ts",
      "server/backup/target-mongo.ts",
      "server/backup/target-sqlite.ts",
      // What log:verify and log:dump read a log through, without the rest of a server.
      "server/log/open-for-reading.ts",
      // The part of stores.ts that is loaded only for MongoDB.
      "server/mongo-stores.ts",
      "server/open-journal.ts",
      "server/open-tracks.ts",
      "server/stores.ts",
    ]);
  });

  it("HOUSE-4 a face never imports another face, and nothing below imports a face", () => {
    const faceOf = (path: string) => /^client\/faces\/([^/]+)\//.exec(path)?.[1];
    const below = /^client\/(link|store|map|ui|i18n|simulator)\//;
    const wrong = ALL.filter(({ from, to }) => {
      const [importer, imported] = [faceOf(from), faceOf(to)];
      return imported !== undefined && importer !== imported && (importer || below.test(from));
    });
    expect(wrong.map(shown)).toEqual([]);
  });

  it("HOUSE-4 the store knows no socket, and the simulator speaks through link and shared", () => {
    expect(wrongOutOf("client/store", (to) => !isOwn(to) || isUnder(to, "shared"))).toEqual([]);
    expect(
      wrongOutOf(
        "client/simulator",
        (to) => !isOwn(to) || under("shared", "client/link", "client/store")(to),
      ),
    ).toEqual([]);
  });

  it("HOUSE-5 only .tsx files are named in PascalCase", () => {
    const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*\.(ts|tsx)$/;
    const pascal = /^[A-Z][A-Za-z0-9]*\.tsx$/;
    const wrong = filesLike("{client,server,shared,test}/**/*.{ts,tsx}").filter((path) => {
      const name = basename(path);
      return !kebab.test(name) && !pascal.test(name);
    });
    expect(wrong).toEqual([]);
  });

  it("HOUSE-6 the domain knows no clock, no chance and no I/O", () => {
    const outside =
      /\b(Date|performance|crypto|process|fetch|setTimeout|setInterval|setImmediate|console|globalThis)\s*[.(]|\bMath\.random\b|\bnew Date\b/;
    const wrong = SOURCES.filter((path) => /^shared\/(domain|geo)\//.test(path)).filter((path) =>
      outside.test(codeOf(path)),
    );
    expect(wrong).toEqual([]);
  });

  it("HOUSE-6 chance comes from the operating system", () => {
    // The spread of a reconnect's wait; nothing is decided by it.
    const spreads = ["client/store/platform.ts"];
    const wrong = SOURCES.filter((path) => /\bMath\.random\b/.test(codeOf(path)));
    expect(wrong.filter((path) => !spreads.includes(path))).toEqual([]);
  });

  it("HOUSE-7 the environment is read in one place", () => {
    const exceptions: Readonly<Record<string, string>> = {
      "server/cli/open-tool.ts": "hands the environment on to readConfig, with LIVE as default",
      "server/cli/exercise.ts": "hands its command line on to itself and its children",
      "server/cli/admin-create.ts": "ADMIN_PASSWORD: a password is no setting and no argument",
      "server/simulator-process.ts": "a child process inherits it",
      "client/simulator/trust-own-machine.ts": "sets the trust in this machine's own certificate",
    };
    const readers = SOURCES.filter((path) => /\bprocess\.env\b/.test(codeOf(path)));
    expect(readers).toEqual(["server/config.ts", ...Object.keys(exceptions)].sort());
  });
});
