import type { Response } from "express";
import type { Answer } from "./answer.ts";

/** Nothing of the interface is ever kept by a browser or a proxy. */
/** 20 MB by a slow line. Who has not taken a large answer by then keeps its place from others. */
const MOST_MS = 120_000;

export function send(
  response: Response,
  { status, body, headers = {}, left }: Answer,
  withinMs = MOST_MS,
): void {
  if (left) endWithin(withinMs, response, left);
  response.status(status).set({ "cache-control": "no-store", ...headers });
  if (body === undefined) response.end();
  else if (body instanceof Uint8Array) {
    if (!headers["content-type"]) response.type("application/octet-stream");
    response.end(body);
  } else if (typeof body === "string") response.send(body);
  else response.json(body);
}

function endWithin(ms: number, response: Response, left: () => void): void {
  const late = setTimeout(() => response.destroy(), ms);
  response.once("close", () => {
    clearTimeout(late);
    left();
  });
}
