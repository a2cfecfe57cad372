// Fails the build when the widget outgrows its limit (30 kB gzip, all languages and styles included).
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const LIMIT = 30 * 1024;
const file = new URL("../../careloop/api/static/widget/widget.js", import.meta.url);
const size = gzipSync(readFileSync(file), { level: 9 }).length;
console.log(`widget.js: ${size} bytes gzip of ${LIMIT} allowed`);
if (size > LIMIT) process.exit(1);
