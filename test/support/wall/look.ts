import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { chromium } from "playwright-core";
import { createServer } from "vite";

/**
 * Pictures of the wall with made-up records: `node test/support/wall/look.ts <courts.csv> <folder>
 * [case,case] [WIDTHxHEIGHT,…] [query]`. For people who change the wall; nothing of it is in the
 * product.
 */
const [csv = "", folder = "/tmp", cases = "alarm", sizes = "1366x768", query = ""] =
  process.argv.slice(2);
const repository = resolve(import.meta.dirname, "../../..");

function courtsOf(path: string) {
  const [, ...rows] = readFileSync(path, "utf8").trim().split("\n");
  return rows.map((row) => {
    const [id = "", name = "", tier = "", parentId, lat, lng] = row.split(",");
    return {
      id,
      name,
      tier,
      ...(parentId ? { parentId } : {}),
      lat: Number(lat),
      lng: Number(lng),
    };
  });
}

const entry = resolve(import.meta.dirname, "fixture-main.tsx");
const html = `<!doctype html><html lang="zh-CN" data-theme="dark"><head><meta charset="utf-8"><script>window.FIXTURE_COURTS=${JSON.stringify(courtsOf(csv))}</script></head><body><div id="root"></div><script type="module" src="/@fs${entry}"></script></body></html>`;

const server = await createServer({
  configFile: resolve(repository, "vite.config.ts"),
  server: { port: 5199, hmr: false, fs: { allow: [repository] } },
  cacheDir: "/tmp/wall-look-vite",
  logLevel: "warn",
  plugins: [
    {
      name: "wall-fixture",
      configureServer(dev) {
        dev.middlewares.use("/wall-fixture", (request, response, next) => {
          if (request.url?.includes(".")) return next();
          dev
            .transformIndexHtml("/wall-fixture", html)
            .then((page) => response.setHeader("content-type", "text/html").end(page), next);
        });
      },
    },
  ],
});
await server.listen();
const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});
for (const size of sizes.split(",")) {
  const [width = 0, height = 0] = size.split("x").map(Number);
  for (const each of cases.split(",")) {
    const page = await browser.newPage({ viewport: { width, height } });
    const say = (text: string) => process.stderr.write(`${each} ${size}: ${text}\n`);
    page.on("pageerror", (error) => say(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error") say(message.text());
    });
    await page.goto(`http://localhost:5199/wall-fixture?case=${each}${query}`);
    await page.waitForSelector(".wall", { timeout: 60_000 });
    await page.evaluate(() => document.fonts.ready);
    await page.waitForTimeout(6_000);
    const probe = process.env["LOOK_PROBE"];
    if (probe) say(JSON.stringify(await page.evaluate(probe)));
    await page.screenshot({ path: `${folder}/wall-${each}-${size}.png` });
    await page.close();
  }
}
await browser.close();
await server.close();
