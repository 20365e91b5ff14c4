// Behind the proxy that is shipped (docker/nginx.conf): TLS, a base path, its compression. Left out
// where there is no nginx.
import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { freePort, openBrowser, openPage, postLines, root, startService, talks } from "./service.mjs";

const nginx = ["/usr/sbin/nginx", "/usr/bin/nginx"].find(existsSync);

// The shipped configuration with this test's ports and folder in the place of the container's.
function configure(folder, upstream, plain, secure) {
  mkdirSync(join(folder, "tls"), { recursive: true });
  execFileSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
    "-keyout", join(folder, "tls/key.pem"), "-out", join(folder, "tls/cert.pem")], { stdio: "ignore" });
  const text = readFileSync(join(root, "docker/nginx.conf"), "utf8")
    .replaceAll("/run/", `${folder}/`)
    .replaceAll("/tmp/nginx-", `${folder}/nginx-`)
    .replace("access_log /dev/stdout requests", "access_log off")
    .replace("server demarche:8080", `server 127.0.0.1:${upstream}`)
    .replace("listen 8080", `listen 127.0.0.1:${plain}`)
    .replace("listen 8443", `listen 127.0.0.1:${secure}`)
    .replace("worker_processes auto", "worker_processes 1");
  writeFileSync(join(folder, "nginx.conf"), process.getuid() === 0 ? `user root;\n${text}` : text);
}

const isOpen = (port) =>
  new Promise((done) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy();
      done(true);
    });
    socket.on("error", () => done(false));
  });

test("behind nginx: a question, its statement, files by brotli", { skip: !nginx && "no nginx" }, async () => {
  const service = await startService(["--base-path", "/demarche", "--gzip", "off"], "/demarche");
  const folder = join(service.folder, "proxy");
  const [plain, secure] = [await freePort(), await freePort()];
  mkdirSync(folder);
  configure(folder, service.port, plain, secure);
  const proxy = spawn(nginx, ["-c", join(folder, "nginx.conf"), "-g", "daemon off;"], { stdio: "ignore" });
  const browser = await openBrowser();
  try {
    while (!(await isOpen(secure))) {
      assert.equal(proxy.exitCode, null, spawnSync(nginx, ["-t", "-c", join(folder, "nginx.conf")]).stderr?.toString());
      await new Promise((done) => setTimeout(done, 50));
    }
    await postLines(service.url, JSON.stringify(talks));
    const page = await openPage(browser, { ignoreHTTPSErrors: true });
    const codings = new Set();
    page.on("response", (answer) => {
      if (answer.url().includes("/dashboard/main-")) codings.add(answer.headers()["content-encoding"]);
    });
    await page.goto(`https://127.0.0.1:${secure}/demarche/#/?q=who%20denies%20weapons`);
    await page.goto(`https://127.0.0.1:${secure}/demarche/#/?speaker=Wang%20Yi`);
    await page.locator(".row .quote", { hasText: "core interests" }).getByRole("link").click();
    await page.locator(".context mark.span-content").waitFor();
    assert.deepEqual([...codings], ["br"]);
    assert.deepEqual(page.faults, []);
  } finally {
    await browser.close();
    proxy.kill("SIGTERM");
    await new Promise((done) => proxy.once("exit", done));
    assert.equal(await service.stop(), 0);
  }
});
