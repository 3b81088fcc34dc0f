/**
 * An exercise and what is real never share anything. The log says itself what it is; accounts and
 * the emergency journal can lie elsewhere or be copied alone, so they are marked.
 */
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { AccountStore } from "../accounts/account-store.ts";
import { hashToken } from "../accounts/tokens.ts";
import type { LogMode } from "../log/commit-body.ts";

/** In words for whoever starts the server. */
export class OwnershipRefused extends Error {}

/** No device can have this name. */
const MARK = "mode#EXERCISE";
const ELSEWHERE = "an exercise has a data folder of its own: set DATA_DIR to another one";

/** @throws OwnershipRefused */
export async function claimAccounts(
  accounts: Pick<AccountStore, "findDeviceSecret" | "putDeviceSecret" | "countAccounts">,
  mode: LogMode,
): Promise<void> {
  const isMarked = (await accounts.findDeviceSecret(MARK)) !== undefined;
  if (mode !== "EXERCISE") {
    if (!isMarked) return;
    throw new OwnershipRefused(
      `the accounts are those of an exercise (演练), this server was started as ${mode}; ${ELSEWHERE}`,
    );
  }
  if (isMarked) return;
  if ((await accounts.countAccounts()) > 0)
    throw new OwnershipRefused(
      `the accounts are not those of an exercise (演练), this server was started as EXERCISE; ${ELSEWHERE}`,
    );
  await accounts.putDeviceSecret({ deviceId: MARK, secretHash: hashToken(MARK) });
}

const MODE_FILE = "MODE";

/**
 * The folder of the emergency journal, which may lie apart from the data (EMERGENCY_DIR). Looks
 * only: nothing is marked before the log has said that it may be opened.
 * @throws OwnershipRefused
 */
export async function checkJournal(dir: string, mode: LogMode): Promise<void> {
  const said = (await readFile(join(dir, MODE_FILE), "utf8").catch(() => "")).trim();
  if (mode !== "EXERCISE") {
    if (said !== "EXERCISE") return;
    throw new OwnershipRefused(
      `${dir} is the emergency journal of an exercise (演练), this server was started as ${mode}; set EMERGENCY_DIR to another folder`,
    );
  }
  if (said === "EXERCISE") return;
  const isUsed = (await readdir(dir).catch(() => [])).some((name) => name.endsWith(".jnl"));
  if (isUsed)
    throw new OwnershipRefused(
      `${dir} holds calls for help that are not an exercise's (演练); set EMERGENCY_DIR to another folder`,
    );
}

export async function markJournal(dir: string): Promise<void> {
  const file = join(dir, MODE_FILE);
  const said = await readFile(file, "utf8").catch(() => "");
  if (said === "") await writeFile(file, "EXERCISE\n", { mode: 0o600 });
}
