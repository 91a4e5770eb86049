// run.mjs embedded|grown REPORT_FOLDER: every endpoint of the OpenAPI document, called by every kind of account with
// generated input, good and bad. No answer may be a 5xx, and every answer must be one the document describes.
import { spawn } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { accounts, login } from "../browser/support/accounts.mjs";
import { models } from "../browser/support/pictures.mjs";
import { setups, startProgram } from "../browser/support/program.mjs";

const here = import.meta.dirname;
const schemathesis = resolve(here, "../../target/venv/bin/st");
const checks = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance";
// These end or replace the session that the others need, so they come last, on a session of their own.
const endsSession = "/api/v1/(session|password)";
// A stream has no end to wait for; `devices::live` has stories of it.
const neverEnds = "/live$";

const [, , setup, folder] = process.argv;
// MINGCE_TEST_THOROUGH=1: every account at every limit, which takes a quarter of an hour.
const thorough = Boolean(process.env.MINGCE_TEST_THOROUGH);
// Schemathesis runs in a folder of its own, so the path must not depend on where.
const reports = resolve(folder);
await mkdir(reports, { recursive: true });
const settings = { SERVER__ANONYMOUS_RATE: "1000000", TELEMETRY__LEVEL: "warn", VISION__FOLDER: models };
const environment = Object.fromEntries(Object.entries(settings).map(([key, value]) => [`MINGCE__${key}`, value]));
const program = await startProgram(setups[setup], environment);
let failures = 0;
try {
  // All log in before the first run: one account's generated calls may well shut another one out.
  const sessions = [];
  for (const account of accounts) sessions.push([account.kind, await login(program.url, account)]);
  const lastly = await login(program.url, accounts[0]);
  // Three at a time: each alone waits for the program about half of its time.
  const waiting = [...sessions];
  const oneAfterAnother = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const failed = await run(...next, ["--exclude-path-regex", `${endsSession}|${neverEnds}`], setup === "embedded" ? 6 : 3);
      failures += failed;
    }
  };
  await Promise.all([1, 2, 3].map(oneAfterAnother));
  failures += await run("nobody", undefined, [], 4);
  failures += await run("session", lastly, ["--include-path-regex", endsSession], 20);
} finally {
  await program.stop();
}
process.exitCode = failures === 0 ? 0 : 1;

async function run(name, session, selection, examples) {
  console.log(`\n-- ${name}`);
  const headers = session ? Object.entries(session.headers).flatMap(([key, value]) => ["-H", `${key}: ${value}`]) : [];
  const report = join(reports, `${name}.xml`);
  // Values at every limit of every field are 24,000 calls. They come upon what lies before the database: once is enough,
  // by the account that may write most.
  const everyLimit = setup === "embedded" && (thorough || name === "project");
  const phases = everyLimit ? "examples,coverage,fuzzing" : "examples,fuzzing";
  const options = ["--phases", phases, "-n", String(examples), "--seed", "20260101", "--generation-database", "none"];
  options.push("--checks", checks, "--request-timeout", "30", "--warnings", "off", "--report", "junit", "--report-junit-path", report);
  const command = ["run", `${program.url}/api/v1/openapi.json`, ...headers, ...selection, ...options];
  const child = spawn(schemathesis, command, { cwd: here, stdio: ["ignore", "inherit", "inherit"] });
  return new Promise((done) => child.once("exit", (code) => done(code === 0 ? 0 : 1)));
}
