import { cp } from "node:fs/promises";
import { defineConfig } from "tsup";

export default defineConfig({
  entry: ["src/index.ts"],
  format: ["esm"],
  target: "node20",
  platform: "node",
  dts: false,
  clean: false,
  // A program of its own, which runs elsewhere; see tool-host-path.ts.
  onSuccess: () => cp("src/tools/tool-host", "dist/tool-host", { recursive: true }),
});
