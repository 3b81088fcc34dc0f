/** `npm run restore`: puts a backup in the place where the server looks for its stores. */
import { parseArgs } from "node:util";
import { EVENT_TYPES } from "../../shared/domain/modules.ts";
import { checkBackup } from "../backup/check-backup.ts";
import { type Manifest, readManifest } from "../backup/manifest.ts";
import { openTarget } from "../backup/places.ts";
import { showProgress } from "../backup/progress.ts";
import { restoreBackup } from "../backup/restore-backup.ts";
import { type Config, logModeOf } from "../config.ts";
import { explained } from "./explained.ts";
import { serverConfig } from "./open-tool.ts";

const USAGE = `Checks a backup, every sum and every commit, and puts it in place. The server must be stopped.

  npm run restore -- --from DIR [--replace] [--check] [--data DIR]

  --from DIR   the folder that npm run backup wrote
  --replace    where there is a state already: moves it aside (it is never deleted)
  --check      checks the backup and changes nothing; the server may run
  --data DIR   folder of the stores (default DATA_DIR, else ./data)
  --help

Where to is said by the server's own settings (STORE, DATA_DIR, MONGODB_URI, VAULT_KEY_FILE, DEMO,
EXERCISE).
Exit status: 0 done, 1 refused or failed and the old state is as it was, unless the message says
that the restore is unfinished, 2 wrong usage.`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      from: { type: "string" },
      replace: { type: "boolean", default: false },
      check: { type: "boolean", default: false },
      data: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  const { from } = values;
  if (values.help || from === undefined || from === "") {
    console.log(USAGE);
    return values.help ? 0 : 2;
  }
  const config = serverConfig(values.data);
  const manifest = await readManifest(from);
  if (values.check) await checkBackup(from, manifest, wantedBy(config), onProgress);
  else await restore(from, manifest, config, values.replace);
  const { log, startedAt } = manifest;
  console.log(
    `${values.check ? "sound" : "restored"}: ${log.deployment} (${log.mode}), ${log.head.seq + 1} commits, head ${log.head.seq}:${log.head.hash}`,
  );
  console.log(`it holds what was acknowledged before ${startedAt}`);
  return 0;
}

const onProgress = showProgress(process.stderr);

const wantedBy = (config: Config) =>
  ({ mode: logModeOf(config), knownEventTypes: EVENT_TYPES }) as const;

async function restore(
  from: string,
  manifest: Manifest,
  config: Config,
  replace: boolean,
): Promise<void> {
  const target = await openTarget(config, manifest.store);
  try {
    const aside = await restoreBackup(target, {
      folder: from,
      manifest,
      replace,
      keyFile: config.vaultKeyFile,
      journalDir: config.emergency.dir,
      wanted: wantedBy(config),
      onProgress,
    });
    if (aside !== undefined) console.log(`the state before is kept in ${aside}`);
  } finally {
    await target.close();
  }
}

process.exitCode = await explained(main);
