import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const backend = process.env.CARELOOP_URL ?? "http://127.0.0.1:8000";

export default defineConfig({
  base: "/desk/",
  plugins: [react()],
  build: {
    outDir: "../../careloop/api/static/desk",
    emptyOutDir: true,
    target: "es2022",
    chunkSizeWarningLimit: 900,
  },
  server: {
    host: "127.0.0.1",
    proxy: { "/v1": { target: backend, ws: true } },
  },
  test: { environment: "jsdom", include: ["tests/**/*.test.{ts,tsx}"] },
});
