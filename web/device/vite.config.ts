import { defineConfig } from "vitest/config";
import { catalogues } from "./catalogues.ts";

/** Served at /d/<code> and /d/r/<secret>; its files lie under /d/assets. */
export default defineConfig({
  base: "/d/",
  plugins: [catalogues()],
  build: {
    target: "es2022",
    outDir: "../../careloop/api/static/device",
    emptyOutDir: true,
    sourcemap: false,
    modulePreload: { polyfill: false },
  },
  test: { environment: "jsdom", include: ["test/**/*.test.ts"] },
});
