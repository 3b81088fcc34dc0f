/**
 * `npm run tls:local`: a certificate for this machine, signed by an authority of its own. Phones
 * keep cookies, positions and service workers only over TLS, and a court's network often has no
 * public name to get a certificate for.
 */
import { X509Certificate } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { isIP } from "node:net";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { type Certificate, createCA, createCert } from "mkcert";
import { namesOfThisMachine } from "../config.ts";

const DAY_MS = 86_400_000;
/** Phones refuse certificates that are valid for more than 825 days. */
const LEAF_DAYS = 820;
const AUTHORITY_DAYS = 3_650;
/** A leaf that ends sooner than this is not worth installing. */
const LEAST_DAYS = 30;

const USAGE = `Makes a certificate for this machine, or renews it; the authority that signs is kept.

  npm run tls:local                        for every address of this machine, into ./data/tls
  npm run tls:local -- --data DIR          into DIR/tls
  npm run tls:local -- --name zhihui.lan   for one more name or address (may be repeated)
  npm run tls:local -- --port 3443         port named in the instructions (default 3000)`;

export interface LocalTls {
  readonly authorityFile: string;
  readonly certFile: string;
  readonly keyFile: string;
  readonly names: readonly string[];
  readonly validTo: Date;
  /** False when the authority was there already. */
  readonly newAuthority: boolean;
}

/** @throws Error when the authority that lies there is unusable. */
export async function makeLocalTls(
  folder: string,
  names: readonly string[],
  now: number,
): Promise<LocalTls> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const authorityFile = join(folder, "ca.crt");
  const authorityKey = join(folder, "ca.key");
  const known = await readAuthority(authorityFile, authorityKey);
  const authority = known ?? (await newAuthority());
  const days = Math.min(LEAF_DAYS, daysLeft(authority.cert, now));
  if (days < LEAST_DAYS) {
    throw new Error(`${authorityFile} ends too soon; remove ca.crt and ca.key to make a new one`);
  }
  const leaf = await createCert({ domains: [...names], validity: days, ca: authority });
  const certFile = join(folder, "server.crt");
  const keyFile = join(folder, "server.key");
  if (known === undefined) {
    await writeWhole(authorityKey, authority.key, 0o600);
    await writeWhole(authorityFile, authority.cert, 0o644);
  }
  await writeWhole(keyFile, leaf.key, 0o600);
  await writeWhole(certFile, leaf.cert, 0o644);
  const validTo = new Date(new X509Certificate(leaf.cert).validTo);
  return { authorityFile, certFile, keyFile, names, validTo, newAuthority: known === undefined };
}

const newAuthority = (): Promise<Certificate> =>
  createCA({
    organization: "Enforcement Command local authority",
    countryCode: "CN",
    state: "local",
    locality: "local",
    validity: AUTHORITY_DAYS,
  });

async function readAuthority(certFile: string, keyFile: string): Promise<Certificate | undefined> {
  const [cert, key] = await Promise.all([readIfThere(certFile), readIfThere(keyFile)]);
  if (cert === undefined && key === undefined) return undefined;
  if (cert === undefined || key === undefined) {
    throw new Error(`of ${certFile} and ${keyFile} one is missing; remove the other to start anew`);
  }
  return { cert, key };
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

/** A server that starts meanwhile reads the old file or the new one, never half of it. */
async function writeWhole(file: string, text: string, mode: number): Promise<void> {
  const aside = `${file}.new`;
  await writeFile(aside, text, { mode });
  await rename(aside, file);
}

const daysLeft = (cert: string, now: number): number =>
  Math.floor((Date.parse(new X509Certificate(cert).validTo) - now) / DAY_MS);

/**
 * What to do next, ready to be followed.
 * @param added names that the server does not know as its own; with one, it must be told all.
 */
export function instructions(tls: LocalTls, port: string, added: readonly string[] = []): string {
  const reachable = tls.names.filter((name) => isIP(name) === 4 && name !== "127.0.0.1");
  const origins = added.length === 0 ? "" : ` ORIGINS=${originsOf(tls.names, port).join(",")}`;
  const urls = reachable.map((address) => `  https://${address}:${port}/field`);
  return [
    `Certificate for ${tls.names.join(", ")}`,
    `valid until ${tls.validTo.toISOString().slice(0, 10)}; run this again to renew it, or when addresses change.`,
    "",
    "Start the server with",
    `  HOST=0.0.0.0 PORT=${port} TLS_CERT=${tls.certFile} TLS_KEY=${tls.keyFile}${origins} npm start`,
    "",
    tls.newAuthority
      ? "A new authority was made. Each phone and desk must trust it once:"
      : "The authority is the one that phones and desks trust already. A new one needs:",
    `  copy ${tls.authorityFile} to the phone (cable, or the court's own file service)`,
    "  Android: Settings > Security > Encryption & credentials > Install a certificate > CA certificate",
    "  iPhone:  open the file, Settings > General > VPN & Device Management > install, then",
    "           Settings > General > About > Certificate Trust Settings > switch it on",
    "  Desk:    import it as a trusted root in the system's or browser's certificate store",
    `Keep ${tls.authorityFile.replace(/crt$/, "key")} on this machine: with it anybody can pass for any site to them.`,
    "",
    "Then open on the phone",
    ...(urls.length > 0 ? urls : [`  https://<address of this machine>:${port}/field`]),
  ].join("\n");
}

const originsOf = (names: readonly string[], port: string): string[] =>
  names.map((name) => new URL(`https://${isIP(name) === 6 ? `[${name}]` : name}:${port}`).origin);

const LOCAL_NAMES = ["localhost", "127.0.0.1", "::1"];

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      data: { type: "string", default: "./data" },
      port: { type: "string", default: "3000" },
      name: { type: "string", multiple: true, default: [] },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const names = [...new Set([...LOCAL_NAMES, ...namesOfThisMachine(), ...values.name])];
  const tls = await makeLocalTls(resolve(values.data, "tls"), names, Date.now());
  console.log(instructions(tls, values.port, values.name));
}

if (import.meta.main) {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    console.error(USAGE);
    process.exitCode = 2;
  }
}
