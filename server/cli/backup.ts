/** `npm run backup`: a copy of everything durable, taken while the server runs. */
import { parseArgs } from "node:util";
import type { Manifest } from "../backup/manifest.ts";
import { openSource } from "../backup/places.ts";
import { showProgress } from "../backup/progress.ts";
import { takeBackup } from "../backup/take-backup.ts";
import { explained } from "./explained.ts";
import { serverConfig } from "./open-tool.ts";

const USAGE = `Backs up the log, the record of looks, the vault and the accounts. The server may run.

  npm run backup -- --to DIR [--append] [--with-key] [--data DIR]

  --to DIR     a new or empty folder
  --append     adds to the backup that lies in DIR: the commits since, and the stores anew
  --with-key   puts the vault's key into the same folder. Whoever has the folder then reads every
               person's data; without it nobody can, not even you, unless the key is kept elsewhere
  --data DIR   folder of the stores (default DATA_DIR, else ./data)
  --help

Which stores is said by the server's own settings (STORE, DATA_DIR, MONGODB_URI, VAULT_KEY_FILE).
Exit status: 0 backed up, 1 nothing was added (why is printed), 2 wrong usage.`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      to: { type: "string" },
      append: { type: "boolean", default: false },
      "with-key": { type: "boolean", default: false },
      data: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  const { to } = values;
  if (values.help || to === undefined || to === "") {
    console.log(USAGE);
    return values.help ? 0 : 2;
  }
  const started = performance.now();
  const config = serverConfig(values.data);
  const source = await openSource(config);
  try {
    const manifest = await takeBackup(source, {
      folder: to,
      append: values.append,
      withKey: values["with-key"],
      keyFile: config.vaultKeyFile,
      journalDir: config.emergency.dir,
      seedFile: config.demoSeedFile,
      onProgress: showProgress(process.stderr),
      onWarning: (sentence) => console.error(sentence),
    });
    const seconds = ((performance.now() - started) / 1_000).toFixed(1);
    for (const line of summary(manifest, to)) console.log(line);
    for (const line of custody(manifest, config.vaultKeyFile)) console.log(line);
    console.log(`took ${seconds} s`);
    return 0;
  } finally {
    await source.close();
  }
}

function summary({ log, access, files, generation, startedAt }: Manifest, to: string): string[] {
  const rows = files
    .filter(({ holds }) => holds === "vault" || holds === "accounts")
    .reduce((sum, file) => sum + file.rows, 0);
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const { deployment, mode, head } = log;
  return [
    `backed up to ${to}: ${deployment} (${mode}), generation ${generation}`,
    `log: ${head.seq + 1} commits, head ${head.seq}:${head.hash}`,
    `access: ${access === undefined ? "none" : `${access.head.seq + 1} commits`}; vault and accounts: ${rows} rows; ${bytes} bytes in all`,
    `everything acknowledged before ${startedAt} is in it`,
  ];
}

function custody({ files, keyFingerprint }: Manifest, keyFile: string): string[] {
  if (files.some(({ holds }) => holds === "key"))
    return ["THE VAULT'S KEY IS IN THIS FOLDER: whoever has the folder reads every person's data"];
  const which = keyFingerprint === undefined ? "" : ` (fingerprint ${keyFingerprint})`;
  return [
    `The vault's key${which} is NOT in it, and without the key no name and no text in it can be read.`,
    keyFingerprint === undefined
      ? `There is no key at ${keyFile}: make sure that the server's key is kept somewhere`
      : `Keep a copy of ${keyFile} apart from the backups (docs/OPERATIONS.md)`,
  ];
}

process.exitCode = await explained(main);
