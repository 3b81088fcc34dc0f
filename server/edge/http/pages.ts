/** The built client: pages, hashed assets, service worker. The pages hold no data of their own. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import express, { type Request, type Response, type Router } from "express";
import type { Sessions } from "../sessions.ts";
import { problem } from "./answer.ts";
import { send } from "./send.ts";
import { seatsFor } from "./view-of.ts";

/** A page and everything below it, so that its own router may own the rest of the path. */
const PAGES: Readonly<Record<string, string>> = {
  "/login{/*rest}": "index.html",
  "/console{/*rest}": "index.html",
  "/wall{/*rest}": "index.html",
  "/partner{/*rest}": "index.html",
  "/observe{/*rest}": "index.html",
  "/inspector{/*rest}": "index.html",
  "/exercise{/*rest}": "index.html",
  "/field{/*rest}": "field.html",
};

const NO_CACHE = "no-cache";
/** The build names these after their content. */
const IMMUTABLE = "public, max-age=31536000, immutable";

export function pages(clientDir: string, sessions: Sessions): Router {
  const router = express.Router();
  router.get("/", async (request, response) => {
    response.setHeader("cache-control", "no-store");
    response.redirect(303, await firstPage(sessions, request));
  });
  for (const [path, file] of Object.entries(PAGES)) {
    router.get(path, (_request, response) => sendPage(response, join(clientDir, file)));
  }
  router.use(
    express.static(clientDir, {
      index: false,
      redirect: false,
      dotfiles: "ignore",
      cacheControl: false,
      setHeaders: (response, path) => {
        const isHashed = path.startsWith(join(clientDir, "assets"));
        response.setHeader("cache-control", isHashed ? IMMUTABLE : NO_CACHE);
      },
    }),
  );
  return router;
}

function sendPage(response: Response, file: string): void {
  if (existsSync(file)) {
    response.sendFile(file, { cacheControl: false, headers: { "cache-control": NO_CACHE } });
  } else {
    send(response, problem("CLIENT_NOT_BUILT"));
  }
}

async function firstPage(sessions: Sessions, request: Request): Promise<string> {
  const known = await sessions.authenticate(request.headers);
  if (!known.ok) return "/login";
  const [seat] = seatsFor(known.who);
  if (seat === "observer") return "/observe";
  return seat === undefined ? "/login" : `/${seat}`;
}
