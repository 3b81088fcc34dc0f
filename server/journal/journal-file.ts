import { createHash, randomUUID } from "node:crypto";
import { type FileHandle, mkdir, open, readdir, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { syncFolder } from "../disk/sync.ts";
import { Ballast } from "./ballast.ts";
import type { EmergencyJournal } from "./emergency-journal.ts";

const SEGMENT = /^segment-(\d{6})\.jnl$/;
/** How many new files one append may try: each stands for one error of the disk. */
const SEGMENT_TRIES = 3;

export interface FileJournalOptions {
  /** Folder of its own, best on another disk than the log. */
  readonly dir: string;
  readonly ballastBytes: number;
}

/**
 * The journal as files: each line a checksum and an entry, each append followed by fsync. After an
 * error nothing more is believed of that file: the next one takes the entry again, and reading
 * leaves out what is torn. The same entry may then stand twice; whoever reads it goes by its id.
 * Whole lines that do not fit their checksum are counted, and their file is kept apart.
 */
export async function openFileJournal(options: FileJournalOptions): Promise<EmergencyJournal> {
  const { dir, ballastBytes } = options;
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const ballast = new Ballast(join(dir, "ballast"), ballastBytes);
  const segments = await segmentsIn(dir);
  const found: string[] = [];
  const damaged = new Map<string, number>();
  for (const name of segments) {
    const { entries, unreadable } = read(await readFile(join(dir, name), "utf8"));
    found.push(...entries);
    if (unreadable > 0) damaged.set(name, unreadable);
  }
  const journal = new FileJournal({ dir, ballast, found, damaged, number: nextNumber(segments) });
  // Not awaited: 64 MiB are written while the server already answers.
  journal.refill();
  return journal;
}

interface Opened {
  readonly dir: string;
  readonly ballast: Ballast;
  readonly found: readonly string[];
  /** Segments with lines that cannot be read, and how many. */
  readonly damaged: ReadonlyMap<string, number>;
  /** Of the next segment. */
  readonly number: number;
}

class FileJournal implements EmergencyJournal {
  readonly found: readonly string[];
  readonly unreadable: number;
  private failed = false;
  private handle: FileHandle | undefined;
  private number: number;
  private readonly dir: string;
  private readonly ballast: Ballast;
  private readonly damaged: ReadonlyMap<string, number>;
  /** One thing at a time: appends stand in the order of the calls, and none slips past a set-aside. */
  private turn: Promise<unknown> = Promise.resolve();
  private filling: Promise<void> = Promise.resolve();

  constructor({ dir, ballast, found, damaged, number }: Opened) {
    this.dir = dir;
    this.ballast = ballast;
    this.found = found;
    this.damaged = damaged;
    this.unreadable = [...damaged.values()].reduce((sum, lines) => sum + lines, 0);
    this.number = number;
  }

  get failing(): boolean {
    return this.failed;
  }

  append(entry: string): Promise<void> {
    return this.inTurn(async () => {
      this.failed = true;
      await this.write(lineOf(entry));
      this.failed = false;
    });
  }

  setAside(): Promise<void> {
    return this.inTurn(async () => {
      await this.leave();
      for (const name of await segmentsIn(this.dir)) {
        const as = this.damaged.has(name) ? "damaged" : "imported";
        await rename(join(this.dir, name), join(this.dir, `${as}-${randomUUID()}-${name}`));
      }
      await syncFolder(this.dir);
      this.refill();
    });
  }

  async close(): Promise<void> {
    await this.inTurn(() => this.leave());
    await this.filling;
  }

  refill(): void {
    this.filling = this.filling.then(() => this.ballast.fill()).catch(() => undefined);
  }

  private inTurn<T>(job: () => Promise<T>): Promise<T> {
    const result = this.turn.then(job);
    this.turn = result.catch(() => undefined); // its caller sees the rejection
    return result;
  }

  private async write(line: string): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        const handle = await this.segment();
        await handle.appendFile(line);
        await handle.sync();
        return;
      } catch (error) {
        await this.leave();
        const madeRoom = isFull(error) && (await this.ballast.release().catch(() => false));
        if (!madeRoom && tries >= SEGMENT_TRIES) throw error;
      }
    }
  }

  private async segment(): Promise<FileHandle> {
    if (this.handle) return this.handle;
    const name = `segment-${String(this.number).padStart(6, "0")}.jnl`;
    this.number += 1;
    this.handle = await open(join(this.dir, name), "ax", 0o600);
    await syncFolder(this.dir);
    return this.handle;
  }

  private async leave(): Promise<void> {
    const { handle } = this;
    this.handle = undefined;
    await handle?.close().catch(() => undefined); // nothing more is expected of it
  }
}

async function segmentsIn(dir: string): Promise<string[]> {
  return (await readdir(dir)).filter((name) => SEGMENT.test(name)).sort();
}

const nextNumber = (segments: readonly string[]): number =>
  Number(SEGMENT.exec(segments.at(-1) ?? "")?.[1] ?? 0) + 1;

const sumOf = (entry: string): string =>
  createHash("sha256").update(entry).digest("hex").slice(0, 16);

const lineOf = (entry: string): string => `${sumOf(entry)} ${entry}\n`;

/**
 * A line that was cut off, or changed, is no entry. What stands behind the last line break is a write
 * that a crash cut off, and was acknowledged to nobody.
 */
function read(text: string): { readonly entries: string[]; readonly unreadable: number } {
  const lines = text.split("\n");
  const rest = lines.pop() ?? "";
  const entries = lines.flatMap(entryOf);
  return { entries: [...entries, ...entryOf(rest)], unreadable: lines.length - entries.length };
}

function entryOf(line: string): [string] | [] {
  const entry = line.slice(17);
  return line[16] === " " && line.slice(0, 16) === sumOf(entry) ? [entry] : [];
}

const isFull = (error: unknown): boolean =>
  error instanceof Error && "code" in error && (error.code === "ENOSPC" || error.code === "EDQUOT");
