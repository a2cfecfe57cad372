import { defineConfig } from "vitest/config";

/** Served at /r/<secret>; its files lie under /r/assets. */
export default defineConfig({
  base: "/r/",
  build: {
    target: "es2022",
    outDir: "../../careloop/api/static/rate",
    emptyOutDir: true,
    sourcemap: false,
    modulePreload: { polyfill: false },
  },
  test: { environment: "jsdom", include: ["test/**/*.test.ts"] },
});
