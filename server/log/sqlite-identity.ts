/**
 * Which files a connection really has open. A name may come to mean another file while the program
 * works (a backup copied over it, a folder cleaned): SQLite goes on writing into the one it opened,
 * and what is committed there is gone with the process.
 */
import { closeSync, fsyncSync, openSync, statSync } from "node:fs";

export interface FileIdentity {
  readonly main: string | undefined;
  readonly wal: string | undefined;
}

export const identityOf = (file: string): FileIdentity => ({
  main: inodeOf(file),
  wal: inodeOf(`${file}-wal`),
});

function inodeOf(file: string): string | undefined {
  const found = statSync(file, { throwIfNoEntry: false });
  return found === undefined ? undefined : `${found.dev}:${found.ino}`;
}

/** Where what is saved from a file that lost its name is put: beside it, private, never overwritten. */
export const rescueNameOf = (file: string, at: Date): string =>
  `${file}.rescued-${at.toISOString().replaceAll(/[-:.]/g, "")}`;

/**
 * What a program that was killed left in the kernel's cache must be on the disk before it is
 * believed. The WAL itself is never locked, so opening and closing it here takes nobody's lock.
 */
export function syncIfThere(file: string): void {
  if (inodeOf(file) === undefined) return;
  const handle = openSync(file, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
