import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { shell } from "./shell.ts";

const backend = process.env.CARELOOP_URL ?? "http://127.0.0.1:8000";

/** Served at /field; addresses inside it are all the same page. */
export default defineConfig({
  base: "/field/",
  plugins: [react(), shell()],
  build: {
    outDir: "../../careloop/api/static/field",
    emptyOutDir: true,
    target: "es2022",
    sourcemap: false,
    modulePreload: { polyfill: false },
  },
  server: { host: "127.0.0.1", port: 5175, proxy: { "/v1": { target: backend } } },
  test: { environment: "node", include: ["tests/**/*.test.{ts,tsx}"] },
});
