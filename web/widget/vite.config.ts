import { defineConfig } from "vitest/config";
import { catalogues } from "./catalogues.ts";

/** One classic script, so that `document.currentScript` tells where it was loaded from. */
export default defineConfig({
  plugins: [catalogues()],
  build: {
    target: "es2022",
    outDir: "../../careloop/api/static/widget",
    emptyOutDir: true,
    sourcemap: false,
    lib: { entry: "src/main.ts", formats: ["iife"], name: "CareloopWidget", fileName: () => "widget.js" },
  },
  test: { environment: "jsdom", include: ["test/**/*.test.ts"] },
});
