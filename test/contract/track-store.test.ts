import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { openTrackFiles } from "../../server/tracks/track-files.ts";
import { openMemoryTracks } from "../../server/tracks/track-store-memory.ts";
import { openTrackThread } from "../../server/tracks/track-thread.ts";
import { trackStoreContract } from "./track-store.contract.ts";

const folder = mkdtempSync(join(tmpdir(), "tracks-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let n = 0;
const options = () => ({ dir: join(folder, `${n++}`), keepDays: 90 });

trackStoreContract("memory", async () => openMemoryTracks());
trackStoreContract("files", () => openTrackFiles(options(), 0));
trackStoreContract("files behind a thread", async () => openTrackThread(options(), 0));
