import { randomUUID } from "node:crypto";
import { link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join, parse } from "node:path";
import type { Config } from "./config.ts";

/** In DATA_DIR: the name of the node whose own files lie in the folder itself. */
const OWNER_FILE = "node";
const NODES = "nodes";

/** Where this process keeps what is its alone: journal, tracks, kept state, sign of life, anchors. */
export type OwnPlaces = Pick<Config, "emergency" | "tracks" | "anchors"> & {
  /** Of the kept state and of the sign of life. */
  readonly ownDir: string;
};

/**
 * Processes that share a DATA_DIR share the stores in it and nothing else. The first named node that
 * starts on a folder owns the files that lie in it already, a call for help of before in the journal
 * among them; every other one gets `nodes/NAME` beneath. A node without a name has the folder for
 * itself, as ever.
 * @param claim whether a folder that nobody owns becomes this node's: not for who only looks.
 */
export async function ownPlaces(
  config: Pick<Config, "dataDir" | "node" | "store" | "emergency" | "tracks" | "anchors">,
  claim: boolean,
): Promise<OwnPlaces> {
  const { dataDir, node, emergency, tracks, anchors } = config;
  const isOwner = !node.isNamed || (await ownerOf(dataDir, node.name, claim)) === node.name;
  if (isOwner) return { ownDir: dataDir, emergency, tracks, anchors };
  const beneath = (dir: string) => join(dir, NODES, node.name);
  const ownDir = beneath(dataDir);
  await mkdir(ownDir, { recursive: true, mode: 0o700 });
  const { dir, name, ext } = parse(anchors.file);
  return {
    ownDir,
    emergency: { ...emergency, dir: beneath(emergency.dir) },
    tracks: { ...tracks, dir: beneath(tracks.dir) },
    // Beside the other's: two writers of one file would tear each other's lines.
    anchors: { ...anchors, file: join(dir, `${name}.${node.name}${ext}`) },
  };
}

async function ownerOf(dataDir: string, name: string, claim: boolean): Promise<string> {
  const file = join(dataDir, OWNER_FILE);
  const said = () =>
    readFile(file, "utf8").then(
      (text) => text.trim(),
      () => undefined,
    );
  const known = await said();
  if (known !== undefined || !claim) return known ?? name;
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const mine = `${file}.${randomUUID()}`;
  await writeFile(mine, `${name}\n`, { mode: 0o600 });
  // Whoever gives the file its name is the owner; whoever comes at the same moment reads it, whole.
  const isMade = await link(mine, file).then(
    () => true,
    () => false,
  );
  await rm(mine, { force: true });
  return isMade ? name : ((await said()) ?? name);
}
