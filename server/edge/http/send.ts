import type { Response } from "express";
import type { Answer } from "./answer.ts";

/** Nothing of the interface is ever kept by a browser or a proxy. */
export function send(response: Response, { status, body, headers = {} }: Answer): void {
  response.status(status).set({ "cache-control": "no-store", ...headers });
  if (body === undefined) response.end();
  else if (typeof body === "string") response.send(body);
  else response.json(body);
}
