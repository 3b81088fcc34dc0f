import type { Cursor } from "../../shared/wire/live.ts";
import type { Projection, ViewPatch } from "./build-patch.ts";

/** A patch on the wire, put together from puts that were encoded once for all views. */
export function patchJson(
  patch: ViewPatch,
  from: number,
  to: Cursor,
  at: number,
  encode: (projection: Projection) => string,
): string {
  const put = patch.puts.map(encode).join(",");
  const del = JSON.stringify(patch.dels);
  const lines = JSON.stringify(patch.lines);
  return `{"from":${from},"to":${to.seq},"hash8":"${to.hash8}","at":${at},"put":[${put}],"del":${del},"lines":${lines}}`;
}
