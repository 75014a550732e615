import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const gateway = process.env.HEADWAY_URL ?? "http://127.0.0.1:8080";

export default defineConfig({
  plugins: [react()],
  build: { target: "es2023", sourcemap: false, chunkSizeWarningLimit: 700 },
  server: { proxy: { "/dispatcher/v1": { target: gateway, ws: true }, "/docs": gateway, "/demo": gateway } },
});
