/** From the environment to a configuration. The only reader of `process.env`. */
import { hostname, networkInterfaces } from "node:os";
import { join } from "node:path";
import type { Genesis, LogMode } from "./log/commit-body.ts";
import type { HashAlg } from "./log/hash-chain.ts";
import { type Setting, type SettingValues, TABLE } from "./settings.ts";

type StoreConfig =
  | { readonly kind: "sqlite" | "memory" }
  | { readonly kind: "mongodb"; readonly uri: string; readonly allowStandalone: boolean };

export interface AnchorSettings {
  readonly file: string;
  readonly keyFile: string;
  /** Nobody named them: folder and key are made where they are missing. */
  readonly makeFolder: boolean;
  readonly makeKey: boolean;
}

export interface EmergencySettings {
  /** Folder of the emergency journal. */
  readonly dir: string;
  /** Room that is kept for it on a full disk. */
  readonly ballastBytes: number;
}

export interface TrackSettings {
  /** Folder with a folder for each log. */
  readonly dir: string;
  readonly keepDays: number;
}

export interface SentinelSettings {
  /** The server starts it as its child. */
  readonly start: boolean;
  readonly port: number;
  /** Where pages find it, when that cannot be derived from their own origin. */
  readonly url?: string;
  /** Those of other nodes, to which a page that moves there must be allowed to connect. */
  readonly others?: readonly string[];
  readonly webhook?: string;
}

export interface ExerciseSettings {
  /** Name or file. */
  readonly scenario: string;
  readonly speed: number;
  /** The simulator plays the seats at which nobody sits. */
  readonly simulated: boolean;
}

export interface Config {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  readonly store: StoreConfig;
  readonly node: NodeSettings;
  readonly tls?: { readonly certFile: string; readonly keyFile: string };
  /** Demonstration data in a DEMO log; otherwise the log is LIVE. */
  readonly demo: boolean;
  /** An exercise (演练) in an EXERCISE log; then it is no demonstration. */
  readonly exercise?: ExerciseSettings;
  readonly deployment: string;
  readonly simulator?: { readonly officers: number; readonly speed: number; readonly seed: number };
  /** Exact origins of pages that may talk to this server. */
  readonly origins: readonly string[];
  /** Every origin is one where a browser keeps `Secure` cookies: https, or this machine itself. */
  readonly secureCookies: boolean;
  readonly trustedProxies: readonly string[];
  readonly logLevel: string;
  readonly sessionHours: number;
  /** Addresses and networks that may read `/metrics`; nothing when it is off. */
  readonly metricsReaders?: readonly string[];
  readonly vaultKeyFile: string;
  /** From it a demonstration's device tokens are derived. */
  readonly demoSeedFile: string;
  readonly anchors: AnchorSettings;
  readonly emergency: EmergencySettings;
  readonly tracks: TrackSettings;
  readonly hashAlg: HashAlg;
  readonly sentinel: SentinelSettings;
  /** Gateway that calls people outside when nobody at a desk acknowledges. */
  readonly notify?: { readonly url: string; readonly token?: string };
}

/** One of several processes that serve one log. */
export interface NodeSettings {
  /** Stands in every commit that this process writes. */
  readonly name: string;
  /** Somebody gave it: other processes may share this folder and this log. */
  readonly isNamed: boolean;
  /** Redis between the nodes; absent where this is the only one. */
  readonly redisUrl?: string;
}

/** One line per wrong setting, each saying what to write. */
export class ConfigError extends Error {
  readonly lines: readonly string[];
  constructor(lines: readonly string[]) {
    super(lines.join("\n"));
    this.name = "ConfigError";
    this.lines = lines;
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * @param machineNames names and addresses under which others reach this machine.
 * @throws ConfigError
 */
export function readConfig(
  env: Environment = process.env,
  machineNames: () => readonly string[] = namesOfThisMachine,
): Config {
  const values = readValues(env);
  const wrong = contradictions(values);
  if (wrong.length > 0) throw new ConfigError(wrong);
  const tls = values.TLS_CERT ? { certFile: values.TLS_CERT, keyFile: values.TLS_KEY } : undefined;
  const origins = values.ORIGINS.length > 0 ? values.ORIGINS : derivedOrigins(values, machineNames);
  return {
    port: values.PORT,
    host: values.HOST,
    dataDir: values.DATA_DIR,
    store: storeOf(values),
    node: nodeOf(values),
    ...(tls ? { tls } : {}),
    demo: values.DEMO && values.EXERCISE === "",
    ...exerciseOf(values),
    ...((values.SIMULATOR ?? values.DEMO) && values.EXERCISE === ""
      ? { simulator: simulatorOf(values) }
      : {}),
    origins,
    secureCookies: origins.every(keepsSecureCookies),
    trustedProxies: values.TRUSTED_PROXIES,
    logLevel: values.LOG_LEVEL,
    sessionHours: values.SESSION_HOURS,
    ...(values.METRICS ? { metricsReaders: values.METRICS_ADDR } : {}),
    ...keyFilesOf(values),
    anchors: anchorsOf(values),
    emergency: {
      dir: values.EMERGENCY_DIR || join(values.DATA_DIR, "emergency"),
      ballastBytes: values.EMERGENCY_BALLAST_MB * 1_048_576,
    },
    tracks: {
      dir: values.TRACKS_DIR || join(values.DATA_DIR, "tracks"),
      keepDays: values.TRACKS_DAYS,
    },
    hashAlg: values.HASH_ALG,
    sentinel: sentinelOf(values),
    ...notifyOf(values),
  };
}

/** Each setting by its own schema; all wrong ones are named at once. */
function readValues(env: Environment): SettingValues {
  const values: Record<string, unknown> = {};
  const wrong: string[] = [];
  for (const [name, { fallback, expects, schema, secret }] of Object.entries<Setting<unknown>>(
    TABLE,
  )) {
    const text = env[name] || fallback;
    const read = schema.safeParse(text);
    if (read.success) values[name] = read.data;
    else wrong.push(`${secret ? name : `${name}=${text}`}: must be ${expects}`);
  }
  if (wrong.length > 0) throw new ConfigError(wrong);
  return values as SettingValues;
}

/** Settings that are right one by one and wrong together. */
function contradictions(values: SettingValues): string[] {
  const { TLS_CERT, TLS_KEY, STORE, MONGODB_URI, MONGODB_ALLOW_STANDALONE, SIMULATOR } = values;
  const { NOTIFY_URL, NOTIFY_TOKEN } = values;
  const DEMO = values.DEMO || values.EXERCISE !== "";
  const rules: readonly [boolean, string][] = [
    [TLS_CERT !== "" && TLS_KEY === "", "TLS_KEY: write the file of TLS_CERT's private key"],
    [TLS_KEY !== "" && TLS_CERT === "", "TLS_CERT: write the file of TLS_KEY's certificate"],
    [STORE === "mongodb" && MONGODB_URI === "", "MONGODB_URI: must be set with STORE=mongodb"],
    [
      MONGODB_ALLOW_STANDALONE && !DEMO,
      "MONGODB_ALLOW_STANDALONE=1: only with DEMO=1; a LIVE log needs a replica set",
    ],
    [
      values.EXERCISE !== "" && NOTIFY_URL !== "",
      "NOTIFY_URL: not with EXERCISE; an exercise calls nobody outside",
    ],
    [
      values.EXERCISE !== "" && values.SENTINEL_WEBHOOK !== "",
      "SENTINEL_WEBHOOK: not with EXERCISE; an exercise calls nobody outside",
    ],
    [NOTIFY_TOKEN !== "" && NOTIFY_URL === "", "NOTIFY_URL: must be set with NOTIFY_TOKEN"],
    [STORE === "memory" && !DEMO, "STORE=memory: only with DEMO=1; a LIVE log must be kept"],
    [
      SIMULATOR === true && !DEMO,
      "SIMULATOR=1: only with DEMO=1; a LIVE log holds no invented acts",
    ],
  ];
  return [...rules.flatMap(([broken, line]) => (broken ? [line] : [])), ...insecureNetwork(values)];
}

/** Told twice, because passwords and officers' positions would travel in clear. */
function insecureNetwork(values: SettingValues): string[] {
  if (isLoopback(values.HOST) || values.TLS_CERT !== "" || values.TLS_KEY !== "") return [];
  if (values.ALLOW_INSECURE_NETWORK && values.ALLOW_INSECURE_NETWORK_CONFIRM) return [];
  return [
    `HOST=${values.HOST}: beyond this machine TLS is needed; set TLS_CERT and TLS_KEY (npm run tls:local makes them), or, where passwords and positions may travel in clear, both ALLOW_INSECURE_NETWORK=1 and ALLOW_INSECURE_NETWORK_CONFIRM=yes`,
  ];
}

function storeOf(values: SettingValues): StoreConfig {
  if (values.STORE !== "mongodb") return { kind: values.STORE };
  return {
    kind: "mongodb",
    uri: values.MONGODB_URI,
    allowStandalone: values.MONGODB_ALLOW_STANDALONE,
  };
}

const keyFilesOf = ({ DATA_DIR, VAULT_KEY_FILE, DEMO_SEED_FILE }: SettingValues) => ({
  vaultKeyFile: VAULT_KEY_FILE || join(DATA_DIR, "vault.key"),
  demoSeedFile: DEMO_SEED_FILE || join(DATA_DIR, "demo.seed"),
});

const nodeOf = ({ NODE_NAME, REDIS_URL }: SettingValues): NodeSettings => ({
  name: NODE_NAME || hostname(),
  isNamed: NODE_NAME !== "",
  ...(REDIS_URL ? { redisUrl: REDIS_URL } : {}),
});

const anchorsOf = ({ DATA_DIR, ANCHOR_FILE, ANCHOR_KEY_FILE }: SettingValues): AnchorSettings => ({
  file: ANCHOR_FILE || join(DATA_DIR, "anchors", "anchors.ndjson"),
  keyFile: ANCHOR_KEY_FILE || join(DATA_DIR, "anchor.key"),
  makeFolder: ANCHOR_FILE === "",
  makeKey: ANCHOR_KEY_FILE === "",
});

/** The word is in the name too: whatever is exported names the deployment. */
const exerciseOf = ({
  EXERCISE,
  EXERCISE_SPEED,
  DEPLOYMENT,
  SIMULATOR,
}: SettingValues): Pick<Config, "exercise" | "deployment"> =>
  EXERCISE === ""
    ? { deployment: DEPLOYMENT }
    : {
        deployment: `${DEPLOYMENT}（演练）`,
        exercise: { scenario: EXERCISE, speed: EXERCISE_SPEED, simulated: SIMULATOR ?? true },
      };

/** What kind of log belongs to these settings. */
export const logModeOf = ({ demo, exercise }: Pick<Config, "demo" | "exercise">): LogMode => {
  if (exercise) return "EXERCISE";
  return demo ? "DEMO" : "LIVE";
};

/** @param scenario id of the scenario that the settings name. */
export const genesisOf = (config: Config, scenario: string | undefined): Genesis => ({
  deployment: config.deployment,
  alg: config.hashAlg,
  mode: logModeOf(config),
  ...(config.exercise && scenario !== undefined
    ? { exercise: { scenario, speed: config.exercise.speed } }
    : {}),
});

function sentinelOf(values: SettingValues): SentinelSettings {
  const [url, ...others] = values.SENTINEL_URL;
  return {
    start: values.SENTINEL,
    port: values.SENTINEL_PORT ?? Math.min(values.PORT + 1, 65_535),
    ...(url === undefined ? {} : { url }),
    ...(others.length > 0 ? { others } : {}),
    ...(values.SENTINEL_WEBHOOK ? { webhook: values.SENTINEL_WEBHOOK } : {}),
  };
}

const notifyOf = ({ NOTIFY_URL, NOTIFY_TOKEN }: SettingValues): Pick<Config, "notify"> =>
  NOTIFY_URL
    ? { notify: { url: NOTIFY_URL, ...(NOTIFY_TOKEN ? { token: NOTIFY_TOKEN } : {}) } }
    : {};

const simulatorOf = (values: SettingValues) => ({
  officers: values.SIMULATOR_OFFICERS,
  speed: values.SIMULATOR_SPEED,
  seed: values.SIMULATOR_SEED,
});

const LOOPBACK_NAMES = ["localhost", "127.0.0.1", "[::1]"];

const isLoopback = (host: string): boolean =>
  host === "localhost" || host === "::1" || /^127\.\d+\.\d+\.\d+$/.test(host);

const keepsSecureCookies = (origin: string): boolean =>
  origin.startsWith("https:") || LOOPBACK_NAMES.includes(new URL(origin).hostname);

function derivedOrigins(values: SettingValues, machineNames: () => readonly string[]): string[] {
  const { HOST, PORT } = values;
  const scheme = values.TLS_CERT === "" ? "http" : "https";
  const everywhere = HOST === "0.0.0.0" || HOST === "::";
  const names = [
    ...(everywhere || isLoopback(HOST) ? ["localhost", "127.0.0.1", "::1"] : []),
    ...(everywhere ? machineNames() : [HOST]),
  ];
  return [...new Set(names.map((name) => new URL(`${scheme}://${inUrl(name)}:${PORT}`).origin))];
}

const inUrl = (name: string): string => (name.includes(":") ? `[${name}]` : name);

/** Host name and addresses by which other machines may reach this one. */
export function namesOfThisMachine(): string[] {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  const reachable = addresses.filter(({ internal, scopeid }) => !internal && !scopeid);
  return [hostname(), ...reachable.map(({ address }) => address)];
}
