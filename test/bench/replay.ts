import { closeSync, openSync, readSync, writeSync } from "node:fs";
import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TrackQuery, TrackStore } from "../../server/tracks/track-store.ts";
import { openTrackThread } from "../../server/tracks/track-thread.ts";
import { decodeTracks } from "../../shared/wire/track-answer.ts";
import { scopeOfAll } from "../support/tracks/rows.ts";
import { type Bench, type Figures, median, pause, quantile } from "./figures.ts";
import type { Goal } from "./goals.ts";
import { FIX_EVERY_MS, GROUP_MS, groupAt, OFFICERS, PER_SECOND, START } from "./replay/walk.ts";

/** Hours of the day that is asked about; 8 as the goals say, less to see only that it works. */
const HOURS = Number(process.env.TRACK_HOURS ?? 8);
const SMOKE_HOURS = 0.25;
/** The day is written in groups of half a second. */
const FILL_GROUP_MS = 500;
const MEASURED_MS = 60_000;
const LOOKS = 20;
const ROW_BYTES = 16;

const LOOK = { id: "PERF-16", unit: "ms", better: "LOWER", judged: "FIGURE" } as const;
const GOALS: readonly Goal[] = [
  {
    ...{ id: "PERF-11", what: "bytes per stored position", unit: "B" },
    ...{ better: "LOWER", judged: "FIGURE", floor: 20, aim: 17, figure: "bytes_per_position" },
  },
  {
    ...{ ...LOOK, what: "full picture at any instant", floor: 50, aim: 10 },
    ...{ figure: "picture_ms" },
  },
  {
    ...{ ...LOOK, what: "ten minutes of everybody", floor: 150, aim: 50 },
    ...{ figure: "window_10_min_ms" },
  },
  {
    ...{ ...LOOK, what: `${HOURS} h of one officer`, floor: 250, aim: 50 },
    ...{ figure: "one_officer_ms" },
  },
];

/** Raw reads of as many bytes beside, in turns with what is measured. */
export const replayBench: Bench = {
  about: `${OFFICERS} officers, a fix every 5 s, ${HOURS} h of tracks: the full picture of an instant, 10 min of everybody, ${HOURS} h of one officer; and groups that are stored while somebody asks`,
  goals: GOALS,
  smoke: true,
  run: async (rounds, length) => {
    const folder = await mkdtemp(join(tmpdir(), "bench-replay-"));
    const store = openTrackThread({ dir: join(folder, "tracks"), keepDays: 90 }, START);
    const raw = openSync(join(folder, "raw"), "w+");
    try {
      let now = START + (length === "SMOKE" ? SMOKE_HOURS : HOURS) * 3_600_000;
      await fill(store, START, now, FILL_GROUP_MS);
      writeSync(raw, Buffer.alloc((MEASURED_MS / 1_000) * PER_SECOND * ROW_BYTES));
      const bytes = await bytesPerPosition(store, join(folder, "tracks"), now);
      const figures: Figures[] = [];
      for (let round = 0; round < rounds; round += 1) {
        const asked = await measureLooks(store, raw, now);
        const both = await measureAppendWhileAsked(store, now);
        now += MEASURED_MS;
        figures.push({ ...asked, ...both, bytes_per_position: bytes });
      }
      return figures;
    } finally {
      await store.close();
      closeSync(raw);
      await rm(folder, { recursive: true, force: true });
    }
  },
};

async function fill(store: TrackStore, from: number, to: number, groupMs: number): Promise<void> {
  for (let now = from; now < to; now += groupMs) {
    await store.append(groupAt(now, groupMs), now);
    if ((now - from) % 2_000 === 0) await store.tick(now);
  }
}

/** Of what is closed: the open chunks lie in the pending files a while, as they came. */
async function bytesPerPosition(store: TrackStore, dir: string, now: number): Promise<number> {
  await store.tick(now);
  let bytes = 0;
  for (const name of await readdir(dir)) {
    if (name.endsWith(".trk")) bytes += (await stat(join(dir, name))).size;
  }
  const scope = scopeOfAll(OFFICERS);
  const open = await store.find({ kind: "WINDOW", from: now - 600_000, to: now, scope });
  const whole = decodeTracks(open.bytes);
  if (!whole.ok || open.incomplete) throw new Error("the last ten minutes cannot be read");
  const closedTo = Math.floor((now - 180_000) / 120_000) * 120_000 + 120_000;
  const closed = Math.max(1, ((Math.min(now, closedTo) - START) / 1_000) * PER_SECOND);
  return bytes / closed;
}

/** A phone's answer waits for its group: it must not wait for somebody who looks at ten minutes. */
async function measureAppendWhileAsked(store: TrackStore, now: number) {
  const scope = scopeOfAll(OFFICERS);
  const acknowledged: number[] = [];
  let isOver = false;
  const looking = (async () => {
    while (!isOver) await store.find({ kind: "WINDOW", from: now - 600_000, to: now, scope });
  })();
  for (let at = now; at < now + MEASURED_MS; at += GROUP_MS * 6) {
    const from = performance.now();
    await store.append(groupAt(at, GROUP_MS * 6), at);
    acknowledged.push(performance.now() - from);
    await pause(10);
  }
  isOver = true;
  await looking;
  return {
    group_while_asked_p50_ms: median(acknowledged),
    group_while_asked_p99_ms: quantile(acknowledged, 0.99),
  };
}

async function measureLooks(store: TrackStore, raw: number, now: number) {
  const scope = scopeOfAll(OFFICERS);
  const span = now - START;
  const anyTime = (i: number) => START + Math.floor(span * ((i + 0.37) / LOOKS));
  const pictures: number[] = [];
  for (let i = 0; i < LOOKS; i++) {
    const query = { kind: "PICTURE", at: anyTime(i), maxAgeMs: 120_000, scope } as const;
    pictures.push(await timed(store, query, i === 0 ? 0 : OFFICERS));
  }
  const windows: number[] = [];
  const windowMs = Math.min(600_000, span);
  const rawWindows: number[] = [];
  for (let i = 0; i < LOOKS / 4; i++) {
    const from = START + Math.floor(((span - windowMs) * i) / (LOOKS / 4));
    const rows = ((windowMs - 1_000) / 1_000) * PER_SECOND;
    windows.push(await timed(store, { kind: "WINDOW", from, to: from + windowMs, scope }, rows));
    rawWindows.push(rawRead(raw, rows * ROW_BYTES));
  }
  const days: number[] = [];
  for (let i = 0; i < LOOKS / 2; i++) {
    const trackIndex = (i * 997) % OFFICERS;
    const rows = span / FIX_EVERY_MS - 2;
    days.push(await timed(store, { kind: "DAY", from: START, to: now, trackIndex }, rows));
  }
  return {
    picture_ms: median(pictures),
    picture_p99_ms: quantile(pictures, 0.99),
    raw_picture_ms: rawRead(raw, OFFICERS * ROW_BYTES),
    window_10_min_ms: median(windows),
    raw_window_ms: median(rawWindows),
    one_officer_ms: median(days),
    raw_one_officer_ms: rawRead(raw, (span / FIX_EVERY_MS) * ROW_BYTES),
  };
}

/** @throws when fewer rows came than there must be: a fast wrong answer is none. */
async function timed(store: TrackStore, query: TrackQuery, atLeast: number): Promise<number> {
  const from = performance.now();
  const { bytes, incomplete } = await store.find(query);
  const ms = performance.now() - from;
  const rows = new DataView(bytes.buffer).getUint32(24, true);
  if (rows < atLeast || incomplete) throw new Error(`${query.kind}: ${rows} of ${atLeast} rows`);
  return ms;
}

/** As many bytes as the answer has, in one read from a file that is as warm. */
function rawRead(fd: number, size: number): number {
  const from = performance.now();
  const bytes = Buffer.allocUnsafeSlow(size);
  let read = 0;
  while (read < size) {
    const got = readSync(fd, bytes, read, size - read, read);
    // The bare file holds a minute: what it lacks is read again from its beginning.
    if (got === 0) break;
    read += got;
  }
  while (read < size) {
    const got = readSync(fd, bytes, read, Math.min(size - read, 1_048_576), 0);
    if (got === 0) throw new Error("nothing to read");
    read += got;
  }
  return performance.now() - from;
}
