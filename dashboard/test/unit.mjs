// Bundles the unit tests for node into build/, where the check runs them.
import { build } from "esbuild";

await build({
  entryPoints: ["test/pure.test.ts"],
  bundle: true,
  platform: "node",
  format: "esm",
  outdir: "build",
  outExtension: { ".js": ".mjs" },
});
