// Fails the build when the first load outgrows its limit: the page, what it loads at once, the
// longest catalogue; gzip.
import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const LIMIT = 150 * 1024;
const folder = new URL("../../careloop/api/static/field/", import.meta.url);
const gzip = (name) => gzipSync(readFileSync(new URL(name, folder)), { level: 9 }).length;
const page = readFileSync(new URL("index.html", folder), "utf8");
const atOnce = [...page.matchAll(/(?:src|href)="\/field\/(assets\/[^"]+)"/g)].map(([, name]) => name);
const catalogues = readdirSync(new URL("assets/", folder))
  .filter((name) => /^(zh|en)-.*\.js$/.test(name))
  .map((name) => gzip(`assets/${name}`));
const size = ["index.html", ...new Set(atOnce)].map(gzip).reduce((sum, part) => sum + part, 0);
const whole = size + Math.max(0, ...catalogues);
console.log(`field app, first load: ${whole} bytes gzip of ${LIMIT} allowed`);
if (whole > LIMIT) process.exit(1);
