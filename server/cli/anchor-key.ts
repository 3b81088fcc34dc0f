/** `npm run anchor:key`: makes the key that signs anchors, and hands over from an older one. */
import { parseArgs } from "node:util";
import { introductionOf, type SigningKey } from "../anchors/anchor.ts";
import { anchorFile } from "../anchors/anchor-file.ts";
import {
  AnchorKeyError,
  createAnchorKey,
  publicFileOf,
  readAnchorKey,
} from "../anchors/anchor-key.ts";
import { pastOf } from "../anchors/anchor-writer.ts";
import { explained } from "./explained.ts";

const USAGE = `Makes an Ed25519 key for signed anchors: FILE (private, mode 0600) and FILE.pub (public).

  npm run anchor:key -- --out FILE
  npm run anchor:key -- --out FILE --replaces OLD --anchors ANCHORS

  --replaces OLD --anchors ANCHORS
              the old key signs a line in the anchor file that introduces the new one; every later
              anchor must be signed with the new key. Stop the server before, and start it with
              ANCHOR_KEY_FILE=FILE after. If FILE exists it is introduced, not made.
  --help

Exit status: 0 done, 1 not done and nothing changed in the anchor file, 2 wrong usage.`;

interface Request {
  readonly out: string;
  readonly handOver?: { readonly old: string; readonly anchors: string };
}

async function main(): Promise<number> {
  const request = readRequest(process.argv.slice(2));
  if (request === "HELP" || request === "WRONG") {
    console.log(USAGE);
    return request === "HELP" ? 0 : 2;
  }
  try {
    const key = await madeOrFound(request);
    if (request.handOver) await handOver(key, request.handOver);
    console.log(`key ${key.keyId}: ${request.out}, public key ${publicFileOf(request.out)}`);
    return 0;
  } catch (error) {
    if (!(error instanceof AnchorKeyError)) throw error;
    console.error(error.message);
    return 1;
  }
}

function readRequest(args: readonly string[]): Request | "HELP" | "WRONG" {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        out: { type: "string" },
        replaces: { type: "string" },
        anchors: { type: "string" },
        help: { type: "boolean" },
      },
    });
    const { out, replaces: old, anchors } = values;
    if (values.help === true) return "HELP";
    if (!out || (old === undefined) !== (anchors === undefined)) return "WRONG";
    return { out, ...(old && anchors ? { handOver: { old, anchors } } : {}) };
  } catch {
    return "WRONG"; // parseArgs throws on every option that it does not know
  }
}

/** A hand-over that was cut off after the key was made can be done again. */
async function madeOrFound({ out, handOver }: Request): Promise<SigningKey> {
  try {
    return await createAnchorKey(out);
  } catch (error) {
    const isThere = error instanceof AnchorKeyError && error.code === "EXISTS";
    if (!isThere || handOver === undefined) throw error;
    return readAnchorKey(out);
  }
}

async function handOver(
  key: SigningKey,
  { old, anchors }: NonNullable<Request["handOver"]>,
): Promise<void> {
  const sink = anchorFile({ file: anchors, makeFolder: false });
  const by = await readAnchorKey(old);
  const { keyId, deployment, prev, at } = pastOf(await sink.recent());
  if (keyId === key.keyId) return;
  if (keyId !== by.keyId || deployment === undefined) {
    const found = keyId === undefined ? `${anchors} holds no anchor` : `its key is ${keyId}`;
    const message = `${old} (${by.keyId}) is not the key of this anchor file: ${found}`;
    throw new AnchorKeyError("UNUSABLE", message);
  }
  const place = { deployment, prev, at: Math.max(at, Date.now()) };
  await sink.append(introductionOf(key.publicKey, by, place));
}

process.exitCode = await explained(main);
