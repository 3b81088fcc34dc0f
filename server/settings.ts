/**
 * Every setting: name, default, meaning and form, in one table. README and compose file are held
 * against it.
 */
import { z } from "zod";

export interface Setting<T> {
  /** As one would write it; empty when the setting is off or derived. */
  readonly fallback: string;
  readonly meaning: string;
  /** Completes the sentence "… must be". */
  readonly expects: string;
  readonly schema: z.ZodType<T, string>;
  /** Its value is never repeated in a message. */
  readonly secret?: true;
}

const setting = <T>(given: Setting<T>): Setting<T> => given;

const SWITCH = z.enum(["0", "1"]).transform((value) => value === "1");
const TEXT = z.string().trim().min(1);
const OPTIONAL_TEXT = z.string().trim();
const LIST = z.string().transform((text) => text.split(",").flatMap((part) => part.trim() || []));

const wholeNumber = (min: number, max: number) =>
  z.string().regex(/^\d+$/).transform(Number).pipe(z.int().min(min).max(max));

const onOff = (fallback: "0" | "1", meaning: string) =>
  setting({ fallback, meaning, expects: "0 or 1", schema: SWITCH });

const isOrigin = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return /^https?:$/.test(url.protocol) && url.origin === text;
};

const isRedis = (text: string): boolean =>
  URL.canParse(text) && /^rediss?:$/.test(new URL(text).protocol);

/** `fetch` refuses an address with a name and password in it, each time and without asking it. */
const isGateway = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return /^https?:$/.test(protocol) && username === "" && password === "";
};

const ADDRESS = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]);

export const TABLE = {
  PORT: setting({
    fallback: "3000",
    meaning: "port the server listens on",
    expects: "a whole number from 1 to 65535, e.g. PORT=3000",
    schema: wholeNumber(1, 65_535),
  }),
  HOST: setting({
    fallback: "127.0.0.1",
    meaning: "address to listen on; anything but this machine itself needs TLS",
    expects: "an address or host name, e.g. HOST=127.0.0.1",
    schema: TEXT.regex(/^[A-Za-z0-9.:_-]+$/),
  }),
  DATA_DIR: setting({
    fallback: "./data",
    meaning: "folder of the log, the vault and the accounts",
    expects: "a folder, e.g. DATA_DIR=./data",
    schema: TEXT,
  }),
  STORE: setting({
    fallback: "sqlite",
    meaning:
      "where records are kept: sqlite (embedded), mongodb (production), memory (lost at exit)",
    expects: "sqlite, mongodb or memory",
    schema: z.enum(["sqlite", "mongodb", "memory"]),
  }),
  MONGODB_URI: setting({
    fallback: "",
    meaning: "replica set and database, with STORE=mongodb",
    expects:
      "a MongoDB URI that names the database, e.g. mongodb://db1,db2,db3/enforcement?replicaSet=rs0",
    schema: z.union([z.literal(""), z.string().regex(/^mongodb(\+srv)?:\/\/[^/]+\/[^/?]+/)]),
    secret: true,
  }),
  REDIS_URL: setting({
    fallback: "",
    meaning:
      "Redis between several nodes on one log: positions, nudges, rate limits; empty: this is the only node",
    expects: "a redis or rediss address, e.g. redis://127.0.0.1:6379",
    schema: OPTIONAL_TEXT.refine((text) => text === "" || isRedis(text)),
    secret: true,
  }),
  NODE_NAME: setting({
    fallback: "",
    meaning:
      "name of this node, another one for each process on one log; the machine's host name when empty",
    expects: "letters, digits, dots and dashes, at most 63, e.g. NODE_NAME=node-1",
    schema: z.union([z.literal(""), z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/)]),
  }),
  MONGODB_ALLOW_STANDALONE: onOff(
    "0",
    "1 accepts a single MongoDB server; it may lose acknowledged commits, so only with DEMO=1",
  ),
  TLS_CERT: setting({
    fallback: "",
    meaning: "certificate file (PEM); `npm run tls:local` makes one",
    expects: "a file",
    schema: OPTIONAL_TEXT,
  }),
  TLS_KEY: setting({
    fallback: "",
    meaning: "private key file (PEM) of TLS_CERT",
    expects: "a file",
    schema: OPTIONAL_TEXT,
  }),
  DEMO: onOff("1", "1: demonstration data and accounts in a DEMO log; 0: an empty LIVE log"),
  EXERCISE: setting({
    fallback: "",
    meaning:
      "scenario of an exercise (演练), a name or a JSON file; the log is then EXERCISE, whatever DEMO says",
    expects: "a scenario's name or file, e.g. EXERCISE=xiangyang",
    schema: OPTIONAL_TEXT,
  }),
  EXERCISE_SPEED: setting({
    fallback: "1",
    meaning: "seconds of the scenario per second, fixed at the exercise's first start",
    expects: "a number above 0 and at most 240, e.g. EXERCISE_SPEED=1",
    schema: z
      .string()
      .regex(/^\d+(\.\d+)?$/)
      .transform(Number)
      .pipe(z.number().positive().max(240)),
  }),
  DEPLOYMENT: setting({
    fallback: "湖北省执行指挥",
    meaning: "name of the deployment, shown on every screen and kept in the log's first commit",
    expects: "a name of at most 60 characters",
    schema: TEXT.max(60),
  }),
  SIMULATOR: setting({
    fallback: "",
    meaning: "1 plays a province's day; on with DEMO=1 unless set to 0",
    expects: "0 or 1",
    schema: z.union([z.literal("").transform(() => undefined), SWITCH]),
  }),
  SIMULATOR_OFFICERS: setting({
    fallback: "350",
    meaning: "officers that the simulator moves",
    expects: "a whole number from 1 to 10000",
    schema: wholeNumber(1, 10_000),
  }),
  SIMULATOR_SPEED: setting({
    fallback: "1",
    meaning: "simulated seconds per second",
    expects: "a number above 0 and at most 60, e.g. SIMULATOR_SPEED=1",
    schema: z
      .string()
      .regex(/^\d+(\.\d+)?$/)
      .transform(Number)
      .pipe(z.number().positive().max(60)),
  }),
  SIMULATOR_SEED: setting({
    fallback: "7",
    meaning: "the same seed plays the same day",
    expects: "a whole number from 0 to 4294967295",
    schema: wholeNumber(0, 0xffff_ffff),
  }),
  ORIGINS: setting({
    fallback: "",
    meaning: "exact origins of the pages, comma list; derived from HOST, PORT and TLS when empty",
    expects: "origins without a path, e.g. ORIGINS=https://zhihui.example.cn,https://10.1.2.3:3000",
    schema: LIST.refine((origins) => origins.every(isOrigin)),
  }),
  TRUSTED_PROXIES: setting({
    fallback: "",
    meaning: "addresses of reverse proxies whose X-Forwarded-For is believed, comma list",
    expects: "addresses or networks, e.g. TRUSTED_PROXIES=10.0.0.5,10.1.0.0/16",
    schema: LIST.pipe(z.array(ADDRESS)),
  }),
  ALLOW_INSECURE_NETWORK: onOff("0", "1 (and the next): listen beyond this machine without TLS"),
  ALLOW_INSECURE_NETWORK_CONFIRM: setting({
    fallback: "no",
    meaning: "yes: told a second time that passwords and positions will travel in clear",
    expects: "yes or no",
    schema: z.enum(["yes", "no"]).transform((value) => value === "yes"),
  }),
  LOG_LEVEL: setting({
    fallback: "info",
    meaning: "least severe level that is logged",
    expects: "fatal, error, warn, info, debug, trace or silent",
    schema: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]),
  }),
  SESSION_HOURS: setting({
    fallback: "12",
    meaning: "a person signs in again after this many hours",
    expects: "a whole number from 1 to 168",
    schema: wholeNumber(1, 168),
  }),
  METRICS: onOff("1", "1 serves /metrics"),
  METRICS_ADDR: setting({
    fallback: "127.0.0.1,::1",
    meaning: "addresses and networks that may read /metrics, comma list",
    expects: "addresses or networks, e.g. METRICS_ADDR=127.0.0.1,10.1.0.0/16",
    schema: LIST.pipe(z.array(ADDRESS).min(1)),
  }),
  VAULT_KEY_FILE: setting({
    fallback: "",
    meaning: "file of the vault's master key; DATA_DIR/vault.key when empty",
    expects: "a file",
    schema: OPTIONAL_TEXT,
  }),
  DEMO_SEED_FILE: setting({
    fallback: "",
    meaning:
      "file of the seed from which a demonstration's device tokens are derived, the same for all nodes; DATA_DIR/demo.seed when empty",
    expects: "a file",
    schema: OPTIONAL_TEXT,
  }),
  ANCHOR_FILE: setting({
    fallback: "",
    meaning:
      "signed anchors of the log are appended here, best on another disk; DATA_DIR/anchors/anchors.ndjson when empty",
    expects: "a file in a folder that exists",
    schema: OPTIONAL_TEXT,
  }),
  ANCHOR_KEY_FILE: setting({
    fallback: "",
    meaning:
      "private key (Ed25519, PEM) that signs the anchors, `npm run anchor:key` makes one; DATA_DIR/anchor.key, made at the first start, when empty",
    expects: "a file",
    schema: OPTIONAL_TEXT,
  }),
  EMERGENCY_DIR: setting({
    fallback: "",
    meaning:
      "folder of the emergency journal, best on another disk than DATA_DIR; DATA_DIR/emergency when empty",
    expects: "a folder",
    schema: OPTIONAL_TEXT,
  }),
  EMERGENCY_BALLAST_MB: setting({
    fallback: "64",
    meaning: "MiB that the emergency journal keeps occupied beside it, to free on a full disk",
    expects: "a whole number from 0 to 4096",
    schema: wholeNumber(0, 4_096),
  }),
  TRACKS_DIR: setting({
    fallback: "",
    meaning:
      "folder of the officers' tracks, a folder in it for each log; DATA_DIR/tracks when empty",
    expects: "a folder",
    schema: OPTIONAL_TEXT,
  }),
  TRACKS_DAYS: setting({
    fallback: "90",
    meaning: "days that tracks are kept; files of older hours are deleted",
    expects: "a whole number from 1 to 3650",
    schema: wholeNumber(1, 3_650),
  }),
  SENTINEL: onOff("1", "1 starts the sentinel, a process that alarms when the server does not"),
  SENTINEL_PORT: setting({
    fallback: "",
    meaning: "port on which the sentinel tells pages how the server is; PORT + 1 when empty",
    expects: "a whole number from 1 to 65535",
    schema: z.union([z.literal("").transform(() => undefined), wholeNumber(1, 65_535)]),
  }),
  SENTINEL_URL: setting({
    fallback: "",
    meaning:
      "origin under which pages reach the sentinel, behind a reverse proxy, then those of the other nodes' sentinels, comma list; derived from the pages' own when empty",
    expects: "origins without a path, e.g. SENTINEL_URL=https://zhihui.example.cn:3443",
    schema: LIST.refine((origins) => origins.every(isOrigin)),
  }),
  SENTINEL_WEBHOOK: setting({
    fallback: "",
    meaning: "address to which the sentinel posts its alarms and their end, as JSON",
    expects: "an http or https address without a name and password in it",
    schema: OPTIONAL_TEXT.refine((text) => text === "" || isGateway(text)),
    secret: true,
  }),
  NOTIFY_URL: setting({
    fallback: "",
    meaning:
      "address of the SMS or voice gateway that is called, as JSON, when nobody at a desk acknowledges; empty: an outbox in a demonstration, nobody in a LIVE system",
    expects: "an http or https address without a name and password in it",
    schema: OPTIONAL_TEXT.refine((text) => text === "" || isGateway(text)),
    secret: true,
  }),
  NOTIFY_TOKEN: setting({
    fallback: "",
    meaning: "bearer token sent to NOTIFY_URL",
    expects: "visible ASCII characters without spaces",
    schema: OPTIONAL_TEXT.regex(/^[\x21-\x7e]*$/),
    secret: true,
  }),
  HASH_ALG: setting({
    fallback: "sha256",
    meaning: "hash of a new log's chain; sm3 where commercial cryptography is assessed",
    expects: "sha256 or sm3",
    schema: z.enum(["sha256", "sm3"]),
  }),
};

type SettingName = keyof typeof TABLE;
/** What `readConfig` works on: each setting as its schema reads it. */
export type SettingValues = { readonly [K in SettingName]: z.output<(typeof TABLE)[K]["schema"]> };

/** What README and compose file are held against. */
export const SETTINGS: readonly {
  readonly name: string;
  readonly default: string;
  readonly meaning: string;
}[] = Object.entries(TABLE).map(([name, { fallback, meaning }]) => ({
  name,
  default: fallback,
  meaning,
}));

/** The settings as a Markdown table. */
export function settingsTable(): string {
  const rows = SETTINGS.map((s) => `| ${s.name} | ${s.default || "–"} | ${s.meaning} |`);
  return ["| setting | default | meaning |", "|---|---|---|", ...rows].join("\n");
}
