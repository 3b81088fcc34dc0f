/** What `npm run test:long` consists of, in its order. */
import { globSync } from "node:fs";
import { basename, relative } from "node:path";
import { fileURLToPath } from "node:url";

export interface Piece {
  readonly name: string;
  readonly files: readonly string[];
  /** Settings that turn the small numbers of `npm run test:faults` into large ones. */
  readonly env: Readonly<Record<string, string>>;
}

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const FAULTS = "test/faults";
const SIMULATION = "test/simulation";

/** The same file several times: its numbers add up, and a run that was cut off loses little. */
const times = (count: number, name: string, env: Piece["env"]): readonly Piece[] =>
  Array.from({ length: count }, (_, i) => ({
    name: `${name}-${i + 1}`,
    files: [`${FAULTS}/${name}.test.ts`],
    env,
  }));

/** The same with other seeds, each piece `width` of them. */
const seeds = (count: number, name: string, env: Piece["env"], width: number): readonly Piece[] =>
  Array.from({ length: count }, (_, i) => ({
    name: `${name}-${i + 1}`,
    files: [`${SIMULATION}/${name}.test.ts`],
    env: { ...env, SEED: String(1 + i * width) },
  }));

/** Each piece takes some minutes. */
const LARGE: readonly Piece[] = [
  ...times(4, "kill", { KILLS: "50", CRASH_LOOPS: "2" }),
  ...times(4, "duplicates", { DUPLICATES: "25500", MISUSES: "500" }),
  ...times(5, "mongo-kill", { MONGO_APP_KILLS: "10", MONGO_DB_KILLS: "5" }),
  ...times(2, "cluster", { CLUSTER_NODE_KILLS: "10", CLUSTER_OTHER_KILLS: "3" }),
  ...times(2, "open-sos", { OPEN_SOS_MS: "64000", OPEN_SOS_ROUNDS: "4" }),
  ...times(1, "fsync-order", { FSYNC_ACKS: "10000" }),
  ...times(1, "malformed", { MALFORMED: "10000" }),
  ...times(1, "escalations-simulated", { ESCALATIONS_SIMULATED: "10000" }),
  ...times(4, "clock-steps", { ESCALATIONS: "15" }),
  ...times(1, "track-kill", { TRACK_KILLS: "20" }),
  ...times(1, "shutdown", { SHUTDOWNS: "20" }),
  ...times(1, "tampering", { TAMPERINGS: "10000", TAMPERED_FILES: "200" }),
  ...times(1, "stores", { STORE_FAULTS_K: "10" }),
  ...times(1, "network", { STORM: "1000" }),
  ...times(1, "divergence", { RECONNECTS: "500" }),
  ...times(1, "glass", { GLASS_CUTS: "20" }),
  ...times(1, "hostile", { HOSTILE_MS: "60000" }),
  {
    name: "backup",
    files: [`${FAULTS}/backup.test.ts`, `${FAULTS}/backup-tools.test.ts`],
    env: {
      BACKUP_COMMITS: "100000",
      BACKUP_STRIDE: "1",
      BACKUP_APPENDS: "10",
      BACKUP_EVERY_MS: "5000",
    },
  },
  ...times(1, "phone-sos", { SOS_PHONE_ROUNDS: "100" }),
  ...seeds(10, "simulation", { SIMULATIONS: "200" }, 200),
  ...seeds(1, "random-play", { RANDOM_COMMANDS: "1200000" }, 1),
  ...seeds(1, "staleness", { STALE_CUTS: "5000" }, 5_000),
];

/** The large pieces, then every other file of the folder with its small numbers: none is forgotten. */
export function piecesOfLongRun(files: readonly string[] = faultFiles()): readonly Piece[] {
  const named = new Set(LARGE.flatMap((piece) => piece.files));
  const rest = files.filter((file) => !named.has(file));
  return [
    ...LARGE,
    ...rest.map((file) => ({ name: basename(file, ".test.ts"), files: [file], env: {} })),
  ];
}

export function faultFiles(): readonly string[] {
  return globSync(`${FAULTS}/**/*.test.ts`, { cwd: ROOT })
    .map((file) => relative(ROOT, `${ROOT}/${file}`))
    .toSorted();
}
