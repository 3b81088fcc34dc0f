/** The key that signs anchors: an Ed25519 pair, the private half in a file of its owner alone. */
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from "node:crypto";
import { link, open, readFile, rm, stat } from "node:fs/promises";
import { type SigningKey, signingKey } from "./anchor.ts";

/** Whoever else may read the file may sign a history of his own. */
const GROUP_AND_OTHERS = 0o077;

/** What the operator must mend; the message says how. */
export class AnchorKeyError extends Error {
  readonly code: "ABSENT" | "EXISTS" | "UNUSABLE";
  constructor(code: AnchorKeyError["code"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

export const publicFileOf = (keyFile: string): string => `${keyFile}.pub`;

/** @throws AnchorKeyError when there is none, others may read it, or it is no Ed25519 key. */
export async function readAnchorKey(file: string): Promise<SigningKey> {
  const found = await stat(file).catch(absent);
  if (found === undefined) {
    throw new AnchorKeyError(
      "ABSENT",
      `${file} does not exist; npm run anchor:key -- --out FILE makes a key`,
    );
  }
  if ((found.mode & GROUP_AND_OTHERS) !== 0) {
    throw new AnchorKeyError("UNUSABLE", `${file} may be read by others; chmod 600 it`);
  }
  return signingKey(
    await ed25519(file, async () => createPrivateKey(await readFile(file, "utf8"))),
  );
}

/** @throws AnchorKeyError when the file holds no Ed25519 key. */
export function readPublicKey(file: string): Promise<KeyObject> {
  return ed25519(file, async () => createPublicKey(await readFile(file, "utf8")));
}

/**
 * Makes a pair and never replaces one.
 * @throws AnchorKeyError when there is a file of that name.
 */
export async function createAnchorKey(file: string): Promise<SigningKey> {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const aside = `${file}.${process.pid}.new`;
  await writeDurably(aside, privateKey.export({ type: "pkcs8", format: "pem" }), 0o600);
  try {
    // Linked into place whole: nobody ever reads half a key, and none is overwritten.
    await link(aside, file);
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
    throw new AnchorKeyError("EXISTS", `${file} exists already; a key is never overwritten`);
  } finally {
    await rm(aside, { force: true });
  }
  await writeDurably(publicFileOf(file), publicKey.export({ type: "spki", format: "pem" }), 0o644);
  return signingKey(privateKey);
}

async function ed25519(file: string, read: () => Promise<KeyObject>): Promise<KeyObject> {
  const key = await read().catch((error: unknown) => {
    throw new AnchorKeyError("UNUSABLE", `${file} cannot be read as a key`, { cause: error });
  });
  if (key.asymmetricKeyType === "ed25519") return key;
  throw new AnchorKeyError("UNUSABLE", `${file} holds no Ed25519 key`);
}

async function writeDurably(file: string, text: string | Buffer, mode: number): Promise<void> {
  const handle = await open(file, "w", mode);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const codeOf = (error: unknown): unknown =>
  error instanceof Error && "code" in error ? error.code : undefined;

function absent(error: unknown): undefined {
  if (codeOf(error) === "ENOENT") return undefined;
  throw error;
}
