// Makes the demo maker's page one self-contained file: styles, script and texts inlined.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";

const read = (name) => readFileSync(new URL(name, import.meta.url), "utf8");
const texts = Object.fromEntries(
  readdirSync(new URL("texts/", import.meta.url)).map((name) => [
    name.replace(".json", ""),
    JSON.parse(read(`texts/${name}`)),
  ]),
);
const keys = Object.keys(texts.zh).join();
for (const [language, list] of Object.entries(texts)) {
  if (Object.keys(list).join() !== keys) throw new Error(`demo/texts/${language}.json has other keys than zh.json`);
}

const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/"/g, "&quot;");
const used = new Set();
let page = read("index.html").replace(/ data-(text|label)="(\w+)"/g, (whole, kind, key) => {
  if (!(key in texts.zh)) throw new Error(`demo/index.html asks for the text "${key}", which is not there`);
  used.add(key);
  return whole;
});
const idle = Object.keys(texts.zh).filter((key) => !used.has(key));
if (idle.length > 0) throw new Error(`unused demo texts: ${idle.join(", ")}`);

// Chinese stands in the page itself, for readers without scripts.
page = page.replace(/( data-text="(\w+)"[^>]*>)(?=<)/g, (whole, tag, key) => tag + escaped(texts.zh[key]));
page = page.replace('<link rel="stylesheet" href="demo.css" />', () => `<style>\n${read("demo.css")}</style>`);
page = page.replace(
  '<script src="page.js" data-texts="texts"></script>',
  () => `<script data-texts="${escaped(JSON.stringify(texts))}">\n${read("page.js")}</script>`,
);

const out = new URL("../../../careloop/api/static/demo/", import.meta.url);
mkdirSync(out, { recursive: true });
writeFileSync(new URL("index.html", out), page);
console.log(`demo/index.html: ${page.length} characters, ${Object.keys(texts).length} languages`);
