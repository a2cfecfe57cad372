import { defineConfig } from "vitest/config";

/** Served at /q/<secret>; its files lie under /q/assets. */
export default defineConfig({
  base: "/q/",
  build: {
    target: "es2022",
    outDir: "../../careloop/api/static/quote",
    emptyOutDir: true,
    sourcemap: false,
    modulePreload: { polyfill: false },
  },
  test: { environment: "jsdom", include: ["test/**/*.test.ts"] },
});
