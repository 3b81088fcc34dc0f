/**
 * What a browser, a phone or a supervisor hears at the server's address while its database cannot
 * be reached: the process is there, it is not ready, and why. Nothing is accepted.
 */
import type { AddressInfo } from "node:net";
import express, { type Request, type Response } from "express";
import { createHttpServer, type TlsFiles } from "./http/http-server.ts";
import { PROBLEMS } from "./http/problems.ts";
import { securityHeaders } from "./http/security-headers.ts";

export type WaitingFor = "STORE_UNAVAILABLE" | "STORE_REFUSES_LOGIN" | "RESTORE_UNFINISHED";

export interface WaitingRoom {
  readonly port: number;
  /** Another reason, from now on. */
  say(why: WaitingFor): void;
  close(): Promise<void>;
}

interface Place {
  readonly port: number;
  readonly host: string;
  readonly origins: readonly string[];
  readonly tls?: TlsFiles;
}

const LOOK_AGAIN_S = 5;

const WORDS: Readonly<Record<WaitingFor, { readonly zh: string; readonly en: string }>> = {
  STORE_UNAVAILABLE: {
    zh: "数据库连接不上。服务器每隔几秒重试，恢复后本页自动打开。",
    en: "The database cannot be reached. The server tries again every few seconds; this page opens by itself.",
  },
  STORE_REFUSES_LOGIN: {
    zh: "数据库拒绝了服务器的账号，请联系系统管理员检查 MONGODB_URI。",
    en: "The database refuses the server's account; a system administrator must check MONGODB_URI.",
  },
  RESTORE_UNFINISHED: {
    zh: "正在从备份恢复数据，完成后本页自动打开。",
    en: "Data are being restored from a backup; this page opens by itself.",
  },
};

export async function openWaitingRoom(place: Place, first: WaitingFor): Promise<WaitingRoom> {
  let why = first;
  const app = express();
  app.disable("x-powered-by");
  app.use(securityHeaders(place.origins, place.tls !== undefined));
  app.get("/healthz", (_request, response) => void response.json({ status: "UP" }));
  app.use((request, response) => answer(request, response, why));
  const http = createHttpServer(app, place.tls);
  await new Promise<void>((resolve, reject) => {
    http.once("error", reject);
    http.listen(place.port, place.host, resolve);
  });
  return {
    port: (http.address() as AddressInfo).port,
    say: (other) => {
      why = other;
    },
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
}

function answer(request: Request, response: Response, why: WaitingFor): void {
  response.status(503).set({ "retry-after": String(LOOK_AGAIN_S), "cache-control": "no-store" });
  if (request.path === "/readyz") {
    response.json({ status: "NOT_READY", reasons: [why] });
  } else if (request.accepts(["json", "html"]) === "html") {
    response.type("html").send(page(why));
  } else {
    const { zh, en } = PROBLEMS.STORE_UNAVAILABLE;
    response.json({ code: "STORE_UNAVAILABLE", message: { zh, en } });
  }
}

/** One file: the built client may be missing, and nothing else would be answered. */
const page = (why: WaitingFor): string => `<!doctype html>
<html lang="zh">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="${LOOK_AGAIN_S}">
<title>等待数据库 · Waiting for the database</title>
<style>
body { margin: 0; min-height: 100vh; display: grid; place-content: center; background: #10151c;
  color: #e8edf3; font: clamp(16px, 1.6vw, 40px)/1.6 system-ui, sans-serif; }
main { max-width: 36em; padding: 1.5em; }
h1 { margin: 0 0 .5em; font-size: 1.6em; }
p { margin: .4em 0; }
.urgent { margin-top: 1.2em; padding: .6em .9em; border: 2px solid #ffb020; border-radius: .4em; }
[lang=en] { color: #a9b6c4; }
</style>
</head>
<body>
<main>
<h1>等待数据库 <span lang="en">Waiting for the database</span></h1>
<p>${WORDS[why].zh}</p>
<p lang="en">${WORDS[why].en}</p>
<div class="urgent">
<p>此时系统收不到呼救：请用电话、对讲机报警。</p>
<p lang="en">No call for help is received now: use telephone or radio.</p>
</div>
</main>
</body>
</html>
`;
