/**
 * What makes a folder a backup: `manifest.json`, written last and moved into place. It names every
 * file with its length and SHA-256; what it does not name does not belong to the backup.
 */
import { hash as hashOf } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { LogMode } from "../log/commit-body.ts";
import type { HashAlg } from "../log/hash-chain.ts";
import { replaceDurably } from "./durable-files.ts";

const MANIFEST = "manifest.json";
/** Grows when an older program could misread the folder. */
const FORMAT = 1;

/** Wrong input or a broken backup, in a sentence for the person who runs the tool. */
export class BackupError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "BackupError";
  }
}

const HOLDS = ["commits", "access", "vault", "accounts", "journal", "seed", "key"] as const;
/** `commits` and `access` are segments of a log; `seed` is a demonstration's, `key` the vault's. */
export type Holds = (typeof HOLDS)[number];

export interface BackupFile {
  /** Inside the folder; never a path. */
  readonly name: string;
  readonly holds: Holds;
  /** Name of the SQLite file or MongoDB collection that it is the content of. */
  readonly as: string;
  /** Commits, rows or documents; 1 for a seed or key. */
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
}

export interface BackedUpLog {
  readonly deployment: string;
  readonly mode: LogMode;
  readonly alg: HashAlg;
  readonly head: { readonly seq: number; readonly hash: string; readonly at: number };
}

export interface Manifest {
  readonly format: typeof FORMAT;
  readonly store: "sqlite" | "mongodb";
  /** How often the folder was written to; 1 for a whole backup, more after `--append`. */
  readonly generation: number;
  readonly log: BackedUpLog;
  readonly access?: BackedUpLog;
  /** Tells which key opens the vault; nothing when no key lay where the backup was made. */
  readonly keyFingerprint?: string;
  /** When the heads were fixed: what was acknowledged before is in here. ISO 8601. */
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly files: readonly BackupFile[];
}

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.int().nonnegative();
const name = z.string().regex(/^[a-z][a-z0-9_-]*(\.[a-z0-9]+)?$/);

const log = z.strictObject({
  deployment: z.string(),
  mode: z.enum(["LIVE", "DEMO", "EXERCISE"]),
  exercise: z.exactOptional(z.strictObject({ scenario: z.string(), speed: z.number().positive() })),
  alg: z.enum(["sha256", "sm3"]),
  head: z.strictObject({ seq: count, hash, at: z.int() }),
});

const manifest: z.ZodType<Manifest> = z.strictObject({
  format: z.literal(FORMAT),
  store: z.enum(["sqlite", "mongodb"]),
  generation: z.int().positive(),
  log,
  access: z.exactOptional(log),
  keyFingerprint: z.exactOptional(z.string()),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  files: z.array(
    z.strictObject({
      name,
      holds: z.enum(HOLDS),
      as: name,
      rows: count,
      bytes: count,
      sha256: hash,
    }),
  ),
});

const summed = z.looseObject({ sum: z.exactOptional(z.string()), format: z.unknown() });

/** @throws BackupError when the folder is no backup, or one of another program. */
export async function readManifest(folder: string): Promise<Manifest> {
  const file = join(folder, MANIFEST);
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    const why = "without it this is no backup (it never finished, or is another folder)";
    throw new BackupError(`${file} cannot be read: ${why}`, { cause: error });
  });
  const { sum, ...content } = summed.safeParse(parsed(text)).data ?? { format: 0 };
  if (typeof content.format === "number" && content.format > FORMAT)
    throw new BackupError(`${file} was written by a newer program (format ${content.format})`);
  const read = manifest.safeParse(content);
  if (read.success && sum === sumOf(content)) return read.data;
  const [issue] = read.error?.issues ?? [];
  const why = issue === undefined ? "its sum differs" : `${issue.path.join(".")} ${issue.message}`;
  throw new BackupError(`${file} is not as a backup wrote it: ${why}`);
}

/** Against a disk that forgets; whoever forges a file can make its sum anew. */
const sumOf = (content: object): string => hashOf("sha256", JSON.stringify(content));

export function writeManifest(folder: string, content: Omit<Manifest, "format">): Promise<void> {
  const whole = { format: FORMAT, ...content };
  const text = `${JSON.stringify({ ...whole, sum: sumOf(whole) }, undefined, 2)}\n`;
  return replaceDurably(join(folder, MANIFEST), text);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
