import { beforeAll, describe, expect, it } from "vitest";
import type { AnyRecord } from "../../shared/domain/kernel/state.ts";
import { fullDayAtRandom } from "../support/random-play/day.ts";
import { type Frame, type WatchedDay, watched } from "../support/random-play/watched-day.ts";
import { tried } from "../support/trials.ts";

/** Typed by people into free text: a name, an identity number, a telephone number. */
const TYPED = /王秘密|42010219990101123X|13912345678/;
/** The person of a record, masked, and its case. */
const MASKED = /[张李王]\*|\(2026\)鄂0102执1号/;
const RECORD = /‹([a-z]+):([^›]+)›/g;
const SEED = Number(process.env.SEED ?? 3);
/** What belongs to issue 5, each of which must have happened. */
const HAPPENED = [
  ...["order", "report", "delegation", "supervision", "interference", "liaison", "suggestion"],
  ...[
    "observer",
    "opinion",
    "shift",
    "rollcall",
    "notice",
    "checkin",
    "police",
    "incident",
    "detention",
    "operation",
  ],
];

describe("a whole day of everybody", () => {
  let day: WatchedDay;
  let kinds: ReadonlySet<string>;
  beforeAll(async () => {
    const commands = fullDayAtRandom(SEED, HAPPENED);
    kinds = new Set(commands.map(({ given }) => given.ref.type));
    day = await watched(commands);
    const bytes = day.frames.reduce((sum, { json }) => sum + json.length, 0);
    process.stdout.write(
      `${day.accepted} commands, ${day.frames.length} frames of ${bytes} bytes, ${day.outbox.length} calls outside\n`,
    );
  }, 240_000);

  const count = (what: string, tries: number, failed: readonly unknown[]) =>
    tried(`personal data: ${what}`, tries, failed.length);
  const on = (...seats: readonly string[]) =>
    day.frames.filter(({ view }) => seats.includes(view.split(":")[0] ?? ""));
  const places = (frames: readonly Frame[], what: RegExp) =>
    frames
      .filter(({ json }) => what.test(json))
      .map(({ view, event, json }) => `${view} ${event} ${what.exec(json)?.[0]}`);

  it("DAY-1 all of it happened, and people did see what is theirs", () => {
    expect(HAPPENED.filter((type) => !kinds.has(type))).toEqual([]);
    const refused = [...day.refused.values()].reduce((sum, n) => sum + n, 0);
    expect(day.accepted).toBeGreaterThan(1_000);
    expect(refused).toBeLessThan(day.accepted / 20);
    expect(places(on("console"), TYPED).length).toBeGreaterThan(100);
    expect(day.outbox.length).toBeGreaterThan(0);
  });

  it("DAY-2 no wall was sent a text, a person or a case", () => {
    const walls = on("wall");
    const found = [...places(walls, TYPED), ...places(walls, MASKED)];
    count("frames to walls", walls.length, found);
    expect(walls.length).toBeGreaterThan(100);
    expect(found).toEqual([]);
  });

  it("DAY-3 a desk and a phone were sent only texts of records that their court takes part in", () => {
    const frames = on("console", "field", "inspector", "president");
    const found = frames.flatMap((frame) => strangeTexts(frame, day));
    count("frames to desks and phones", frames.length, found);
    expect(found).toEqual([]);
  });

  it("DAY-4 a linked unit was sent texts of requests to it and of nothing else", () => {
    const frames = on("partner");
    const found = frames.flatMap((frame) =>
      recordsIn(frame, day).filter(
        (record) => record.type !== "police" && record.type !== "liaison",
      ),
    );
    count("frames to linked units", frames.length, found);
    expect(found.map(({ type, id }) => `${type}:${id}`)).toEqual([]);
  });

  it("DAY-5 neither the log, nor the server's own log, nor a call outside holds a text or a name", () => {
    const lines = [...day.commits, ...day.logged, ...day.outbox];
    const found = lines.filter((line) => TYPED.test(line));
    const said = [...day.logged, ...day.outbox].filter((line) => MASKED.test(line));
    count("commits, log lines and calls outside", lines.length, [...found, ...said]);
    expect([...found, ...said]).toEqual([]);
  });
});

/** Records whose texts a frame holds. */
function recordsIn({ json }: Frame, { t }: WatchedDay): AnyRecord[] {
  const { world } = t.kernel.replica;
  const keys = new Set([...json.matchAll(RECORD)].map(([, type, id]) => `${type} ${id}`));
  return [...keys].flatMap((key) => {
    const [type, id] = key.split(" ") as [AnyRecord["type"], string];
    return (world.get(type, id) as AnyRecord | undefined) ?? [];
  });
}

/** Courts that may read what was written there: its line and who was asked, never the court of the place. */
function readers(record: AnyRecord, { t }: WatchedDay): ReadonlySet<string> {
  const { toCourtId, targetCourtId, toCourtIds, receipts, hops } = record as Partial<{
    readonly toCourtId: string;
    readonly targetCourtId: string;
    readonly toCourtIds: readonly string[];
    readonly receipts: readonly { readonly courtId: string }[];
    readonly hops: readonly { readonly courtId: string }[];
  }>;
  const asked = [
    ...[toCourtId, targetCourtId].filter((each) => each !== undefined),
    ...(toCourtIds ?? []),
    ...[...(receipts ?? []), ...(hops ?? [])].map(({ courtId }) => courtId),
  ];
  const lines = asked.flatMap((id) => t.kernel.replica.world.get("court", id)?.tierPath ?? []);
  return new Set([...record.tierPath, ...asked, ...lines]);
}

function strangeTexts(frame: Frame, day: WatchedDay): string[] {
  const [seat, who = ""] = frame.view.split(":");
  const { world } = day.t.kernel.replica;
  const courtId = seat === "field" ? (world.get("officer", who)?.courtId ?? "") : who;
  return recordsIn(frame, day)
    .filter((record) => !readers(record, day).has(courtId))
    .map(({ type, id }) => `${frame.view} was sent words of ${type}:${id}`);
}
