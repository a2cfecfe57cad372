import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import type { Plugin } from "vite";

const here = (path: string): URL => new URL(path, import.meta.url);

/** Writes `sw.js` with the names of all built files, so that the app opens without a network. */
export function shell(): Plugin {
  return {
    name: "careloop-field-shell",
    apply: "build",
    generateBundle(_, bundle) {
      const still = readdirSync(here("./public"));
      const built = Object.keys(bundle).filter((name) => !name.endsWith(".html"));
      const files = ["", ...still, ...built].map((name) => `/field/${name}`).sort();
      const version = createHash("sha256").update(files.join("\n")).digest("hex").slice(0, 12);
      const source = readFileSync(here("./sw/worker.js"), "utf8")
        .replace("__FILES__", JSON.stringify(files))
        .replace("__VERSION__", version);
      this.emitFile({ type: "asset", fileName: "sw.js", source });
    },
  };
}
