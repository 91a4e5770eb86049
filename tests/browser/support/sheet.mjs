// Excel sheets through sheet.py, in the environment of the Python tools that `make test` sets up.
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

const tools = resolve(import.meta.dirname, "../../../target/venv/bin/python");
const python = process.env.MINGCE_PYTHON ?? (existsSync(tools) ? tools : "python3");
const script = join(import.meta.dirname, "sheet.py");

function run(args, input = "") {
  const running = promisify(execFile)(python, [script, ...args], { maxBuffer: 64 << 20 });
  running.child.stdin.end(input);
  return running;
}

// Rows by column title, written below the titles of a template.
export async function fillSheet(template, result, rows) {
  await run(["fill", template, result], JSON.stringify(rows));
}

export async function readSheet(path) {
  return JSON.parse((await run(["read", path])).stdout);
}
