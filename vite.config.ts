import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin, type Rolldown, type UserConfig } from "vite";

const client = resolve(import.meta.dirname, "client");
const server = process.env.SERVER_URL ?? "http://localhost:3000";

const config: UserConfig = {
  root: client,
  plugins: [react(), fieldPage(), fieldWorker()],
  build: {
    outDir: resolve(client, "dist"),
    emptyOutDir: true,
    // Old phones in the field: Chromium 99 / Safari 15.4 carry everything that is used.
    target: ["chrome99", "safari15.4", "firefox100"],
    // No inline script or data: font, so that the content security policy stays short.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { main: resolve(client, "index.html"), field: resolve(client, "field.html") },
    },
  },
  server: {
    proxy: {
      "/api": server,
      "/socket.io": { target: server, ws: true },
    },
  },
};

export default defineConfig(({ command }) => {
  // Whatever shell or test it is started from: a build for development has no service worker, and a
  // phone without a network would open an empty page.
  if (command === "build") process.env.NODE_ENV = "production";
  return config;
});

/** In development `/field` opens field.html, and every other face index.html. */
function fieldPage(): Plugin {
  return {
    name: "field-page",
    configureServer(dev) {
      dev.middlewares.use((request, _response, next) => {
        if (request.url?.split("?")[0] === "/field") request.url = "/field.html";
        next();
      });
    },
  };
}

const FIELD_FILES = ["/field", "/field.webmanifest", "/icon.svg", "/icon-maskable.svg"];

/** Writes /sw.js: the worker's source with the list of what the field page is made of. */
function fieldWorker(): Plugin {
  return {
    name: "field-worker",
    apply: "build",
    generateBundle(_options, bundle) {
      const shell = [...FIELD_FILES, ...filesOfEntry(bundle, "field").map((name) => `/${name}`)];
      const source = readFileSync(resolve(client, "field-worker.js"), "utf8");
      const page = readFileSync(resolve(client, "field.html"), "utf8");
      const content = [source, page, ...shell].join("\n");
      const version = createHash("sha256").update(content).digest("hex").slice(0, 12);
      const head = `const SHELL = ${JSON.stringify(shell)};\nconst VERSION = "${version}";\n`;
      this.emitFile({ type: "asset", fileName: "sw.js", source: head + source });
    },
  };
}

/** Every chunk, style and asset that an entry reaches, now or later. */
function filesOfEntry(bundle: Rolldown.OutputBundle, entry: string): string[] {
  const seen = new Set<string>();
  const visit = (name: string) => {
    const chunk = bundle[name];
    if (seen.has(name) || !chunk) return;
    seen.add(name);
    if (chunk.type !== "chunk") return;
    const css = chunk.viteMetadata?.importedCss ?? [];
    const assets = chunk.viteMetadata?.importedAssets ?? [];
    for (const next of [...chunk.imports, ...chunk.dynamicImports, ...css, ...assets]) visit(next);
  };
  for (const [name, file] of Object.entries(bundle)) {
    if (file.type === "chunk" && file.isEntry && file.name === entry) visit(name);
  }
  return [...seen];
}
