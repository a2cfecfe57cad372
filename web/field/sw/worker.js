// Keeps the app's own files, so that it opens in a basement. Nothing of the API is kept here.
const FILES = __FILES__;
const CACHE = "careloop-field-__VERSION__";
const PAGE = "/field/";
const PATIENCE = 2500;

self.addEventListener("install", (event) => {
  const fetched = caches
    .open(CACHE)
    .then((cache) => cache.addAll(FILES.map((file) => new Request(file, { cache: "reload" }))));
  event.waitUntil(fetched.then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = caches
    .keys()
    .then((names) =>
      Promise.all(
        names
          .filter((name) => name.startsWith("careloop-field-") && name !== CACHE)
          .map((name) => caches.delete(name)),
      ),
    );
  event.waitUntil(old.then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  if (!address.pathname.startsWith("/field")) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (FILES.includes(address.pathname)) event.respondWith(kept(address.pathname, request));
});

/** The page as it is now, or - where the network is slow or gone - as it was. */
async function page(request) {
  const old = await caches.match(PAGE);
  if (!old) return fetch(request);
  const late = new Promise((done) => setTimeout(() => done(old), PATIENCE));
  const fresh = fetch(request).then(
    (answer) => (answer.ok ? answer : old),
    () => old,
  );
  return Promise.race([fresh, late]);
}

async function kept(path, request) {
  return (await caches.match(path)) ?? fetch(request);
}
