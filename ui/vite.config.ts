/** Builds the desktop into the Python package, from where the server serves it. */
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const server = process.env.ANSWERBACK_SERVER ?? "http://127.0.0.1:8000";

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: "../src/answerback/web/static",
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    host: "127.0.0.1",
    proxy: { "/api": server, "/media": server },
  },
  test: { include: ["src/**/*.test.ts"], environment: "node" },
});
