import { createHash } from "node:crypto";
import type { World } from "../../server/app/world.ts";
import { ENTITY_TYPES } from "../../shared/domain/modules.ts";
import { canonicalJson } from "../../shared/wire/canonical-json.ts";

/** Hash of every record of a world, in an order of its own: equal worlds give equal bytes. */
export function worldDump(world: World): { readonly records: number; readonly sha256: string } {
  const hash = createHash("sha256");
  let records = 0;
  for (const type of [...ENTITY_TYPES].sort()) {
    const all = [...world.all(type)].sort((a, b) => (a.id < b.id ? -1 : 1));
    records += all.length;
    for (const record of all) hash.update(canonicalJson(record)).update("\n");
  }
  return { records, sha256: hash.digest("hex") };
}
