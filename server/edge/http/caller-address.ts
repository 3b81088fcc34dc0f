import type { IncomingMessage } from "node:http";
import type { Express } from "express";

/** Whether the machine at this address, so many hops away, is one of our own proxies. */
type Trusts = (address: string, hop: number) => boolean;

/**
 * Where a request came from that the framework does not see, as the framework would say it: the
 * first address, from here outwards, that is no trusted proxy's.
 */
export function callerAddress(pages: Express): (request: IncomingMessage) => string {
  const trusts = pages.get("trust proxy fn") as Trusts;
  return ({ socket, headers }) => {
    const forwarded = String(headers["x-forwarded-for"] ?? "");
    const named = forwarded.split(",").map((address) => address.trim());
    const hops = [socket.remoteAddress ?? "", ...named.filter(Boolean).reverse()];
    return hops.find((address, i) => i === hops.length - 1 || !trusts(address, i)) ?? "";
  };
}
