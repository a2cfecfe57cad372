// Fails the build when the page outgrows its limit: script and style together, 20 kB gzip.
import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const LIMIT = 20 * 1024;
const folder = new URL("../../careloop/api/static/quote/assets/", import.meta.url);
const size = readdirSync(folder)
  .map((name) => gzipSync(readFileSync(new URL(name, folder)), { level: 9 }).length)
  .reduce((sum, part) => sum + part, 0);
console.log(`quote page: ${size} bytes gzip of ${LIMIT} allowed`);
if (size > LIMIT) process.exit(1);
