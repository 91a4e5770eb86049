// Starts the real program, `mingce all`, with a demo district in a folder of its own, on a free port.
import { execFile, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, statSync } from "node:fs";
import { cp, mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { databases } from "./postgres.mjs";
import { startMailbox } from "./mailbox.mjs";

const root = resolve(import.meta.dirname, "../../..");
export const binary = process.env.MINGCE_BINARY ?? join(root, "target/debug/mingce");
const surroundings = { PATH: process.env.PATH, MINGCE__DEMO: "true" };

export const setups = {
  embedded: { title: "SQLite", district: embeddedDistrict },
  grown: { title: "PostgreSQL, Redis, S3", district: grownDistrict },
};

// Not one that the kernel could give to an outgoing connection before the program listens on it: those are above.
export async function freePort() {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    const server = createServer();
    const isFree = await new Promise((done) => server.once("error", () => done(false)).listen(port, "127.0.0.1", () => done(true)));
    if (!isFree) continue;
    await new Promise((done) => server.close(done));
    return port;
  }
}

// startProgram(setups.embedded): { url, gateway, mailbox, stop }. `environment` is put on top.
export async function startProgram(setup = setups.embedded, environment = {}) {
  const folder = await mkdtemp(join(tmpdir(), "mingce-browser-"));
  const own = await setup.district(folder, demoSettings(environment));
  const [port, gateway] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${port}`;
  const mailbox = await startMailbox();
  const env = {
    ...surroundings,
    MINGCE__SERVER__LISTEN: `127.0.0.1:${port}`,
    MINGCE__GATEWAY__LISTEN: `127.0.0.1:${gateway}`,
    MINGCE__WECHAT__STAND_IN_PORT: "0",
    MINGCE__SERVER__PUBLIC_URL: url,
    MINGCE__MAIL__HOST: "127.0.0.1",
    MINGCE__MAIL__PORT: String(mailbox.port),
    MINGCE__TELEMETRY__LEVEL: "info",
    ...own,
    ...environment,
  };
  const child = spawn(binary, ["all"], { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
  let log = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (log = (log + chunk).slice(-20_000)));
  const ended = new Promise((done) => child.once("exit", done));

  async function stop() {
    child.kill("SIGTERM");
    const code = await ended;
    await mailbox.close();
    await rm(folder, { recursive: true, force: true });
    if (code !== 0) throw new Error(`the program ended with ${code}\n${log}`);
  }

  try {
    await ready(url, child);
  } catch (problem) {
    child.kill("SIGKILL");
    await mailbox.close();
    throw new Error(`${problem.message}\n${log}`);
  }
  return { url, gateway: `127.0.0.1:${gateway}`, mailbox, stop, folder, log: () => log };
}

// A terminal at the demo project's first gate fetches its list and everybody on it punches; what it says of each.
export async function everybodyPunches({ gateway }) {
  const { stdout } = await promisify(execFile)(binary, ["terminal", "--address", gateway, "--features", "9999", "--punches", "9999"]);
  return stdout.split("\n");
}

async function ready(url, child) {
  for (const until = Date.now() + 20_000; Date.now() < until; ) {
    if (child.exitCode !== null) throw new Error(`the program ended with ${child.exitCode} before it was ready`);
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error("the program was not ready in 20 s");
}

// A district takes long to fill. It is filled once, beside its place so that what is there is whole; every program gets a
// copy. Another program, another day and other settings fill another one.
function demoSettings(environment) {
  const settings = Object.entries(environment).filter(([key]) => key.startsWith("MINGCE__VISION__"));
  const about = JSON.stringify([statSync(binary).mtimeMs, new Date().toDateString(), settings]);
  return { name: createHash("sha256").update(about).digest("hex").slice(0, 16), environment: Object.fromEntries(settings) };
}

const fill = (cwd, environment) => promisify(execFile)(binary, ["demo"], { cwd, env: { ...surroundings, ...environment } });

async function embeddedDistrict(folder, { name, environment }) {
  const place = (at) => ({ MINGCE__DATABASE__URL: `sqlite://${at}/mingce.db`, MINGCE__FILES__PATH: join(at, "files") });
  const kept = join(root, "target/test/districts", name);
  if (!existsSync(kept)) {
    const filling = `${kept}.filling`;
    await rm(filling, { recursive: true, force: true });
    await mkdir(filling, { recursive: true });
    await fill(filling, { ...place(filling), ...environment });
    await rename(filling, kept);
  }
  await cp(kept, folder, { recursive: true });
  return place(folder);
}

async function grownDistrict(folder, { name, environment }) {
  const { MINGCE_TEST_POSTGRES_URL: postgres, MINGCE_TEST_REDIS_URL: redis, MINGCE_TEST_S3_ENDPOINT: s3 } = process.env;
  if (!postgres || !redis || !s3) throw new Error("MINGCE_TEST_POSTGRES_URL, …REDIS_URL and …S3_ENDPOINT are not set: run through `make test`");
  const cluster = databases(postgres);
  const place = (database) => ({
    MINGCE__DATABASE__URL: cluster.address(database),
    MINGCE__CACHE__URL: redis,
    MINGCE__CACHE__PREFIX: `${database}:`,
    MINGCE__FILES__KIND: "s3",
    MINGCE__FILES__S3_ENDPOINT: s3,
    MINGCE__FILES__S3_BUCKET: process.env.MINGCE_TEST_S3_BUCKET ?? "mingce",
    MINGCE__FILES__S3_ACCESS_KEY: "test",
    MINGCE__FILES__S3_SECRET_KEY: "test",
  });
  const kept = `district_${name}`;
  if (!(await cluster.has(kept))) {
    const filling = `${kept}_filling`;
    await cluster.drop(filling);
    await cluster.create(filling);
    await fill(folder, { ...place(filling), ...environment });
    await cluster.rename(filling, kept);
  }
  const own = `browser_${process.pid}_${Date.now()}`;
  await cluster.create(own, kept);
  return place(own);
}
