// Service worker of the field page: its shell opens without a network. `SHELL` and `VERSION` are
// put in front by the build. Data is never cached here: what must survive lies in IndexedDB.
/* global SHELL, VERSION */
const CACHE = `field-shell-${VERSION}`;

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(CACHE)
      .then((cache) => cache.addAll(SHELL.map((path) => new Request(path, { cache: "reload" }))))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(
          names
            .filter((name) => name.startsWith("field-shell-") && name !== CACHE)
            .map((name) => caches.delete(name)),
        ),
      )
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (event.request.mode === "navigate" && isFieldPage(url.pathname)) {
    event.respondWith(pageFirstFromNetwork(event.request));
  } else if (SHELL.includes(url.pathname)) {
    event.respondWith(caches.match(url.pathname).then((hit) => hit ?? fetch(event.request)));
  }
});

const isFieldPage = (path) => path === "/field" || path.startsWith("/field/");

// A new build is wanted when there is a network, the cached page when there is none (or it is slow).
async function pageFirstFromNetwork(request) {
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(3_000) });
    if (answer.ok) return answer;
  } catch {
    // No network: the shell below opens without it.
  }
  return (await caches.match("/field")) ?? Response.error();
}
