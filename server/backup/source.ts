import type { LogName, ReadableLogs } from "../log/open-for-reading.ts";
import type { KeyRow } from "../vault/vault-rows.ts";
import type { BackupFile, Manifest } from "./manifest.ts";
import type { OnProgress } from "./progress.ts";

/** Where a backup is taken from, while a server works on it. */
export interface BackupSource {
  readonly store: Manifest["store"];
  readonly logs: ReadableLogs["logs"];
  /**
   * Copies everything that is not a log, each part as of one moment. Called after the logs were
   * copied: a text or account is stored before the commit that names it, so what is copied later
   * holds all that the copied commits name. A store that is added (blobs, tracks) is copied here.
   */
  copyStores(folder: string, generation: number, onProgress: OnProgress): Promise<BackupFile[]>;
  close(): Promise<void>;
}

/** Where a backup is put back. Until `takeEffect` nothing that was there is touched. */
export interface RestoreTarget {
  /** Also removes what an earlier restore that was killed left half-loaded. */
  prepare(): Promise<void>;
  /** Is there a state that a restore would replace? */
  isEmpty(): Promise<boolean>;
  /** Who works on that state right now, in words; nothing when nobody does. */
  users(): Promise<readonly string[]>;
  loadLog(name: LogName, commits: AsyncIterable<LoadedCommit>, onProgress: OnLoaded): Promise<void>;
  loadStore(file: BackupFile, path: string, onProgress: OnLoaded): Promise<void>;
  /** The wrapped key by which a vault tells its master key; nothing in a vault never opened. */
  loadedProbe(): Promise<KeyRow | undefined>;
  /** What was loaded, as a server would read it. */
  openLoaded(): Promise<ReadableLogs>;
  /** @returns where the state that was replaced lies now, if there was one. */
  takeEffect(about: RestoreRecord): Promise<string | undefined>;
  /** Removes what was loaded and did not take effect. */
  discard(): Promise<void>;
  close(): Promise<void>;
}

export interface LoadedCommit {
  readonly seq: number;
  readonly at: number;
  readonly prevHash: string;
  readonly hash: string;
  readonly body: string;
  readonly commandIds: readonly string[];
}

/** Called with how much of it is loaded. */
type OnLoaded = (done: number) => void;

/** Kept beside the restored state. */
export interface RestoreRecord {
  readonly at: string;
  readonly from: string;
  readonly head: { readonly seq: number; readonly hash: string };
}
