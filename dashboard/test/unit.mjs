// Bundles the tests that are in TypeScript for node into build/, where the check runs them.
import { build } from "esbuild";

await build({
  entryPoints: ["test/pure.test.ts", "test/client.test.ts"],
  bundle: true,
  packages: "external",
  platform: "node",
  format: "esm",
  outdir: "build",
  outExtension: { ".js": ".mjs" },
});
