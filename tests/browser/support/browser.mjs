// One Chromium for a test file, one fresh context for a test, and a guard that fails the test on what a user would not
// see: console errors, uncaught exceptions, and requests that leave the machine.
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { chromium } from "playwright-core";

const pictures = resolve(import.meta.dirname, "../../../target/browser");
const flags =
  "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync";
// Nothing leaves the machine even if a page asks for it. Catching every request here instead would also cost the cache.
const alone = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost";

export function launch() {
  return chromium.launch({ executablePath: process.env.MINGCE_CHROMIUM ?? "/usr/bin/chromium", args: [...flags.split(" "), alone] });
}

const isLocal = (address) => !/^(https?|wss?):/.test(address) || /^\[?(127\.\d+\.\d+\.\d+|localhost|::1)\]?$/.test(new URL(address).hostname);

// withPage(browser, name, async ({ page, allow, picture }) => …). `allow(/…/)` lets an expected complaint pass, such as
// the browser's own line about a 422 that the test provokes.
export async function withPage(browser, name, story, options = {}) {
  const context = await browser.newContext({
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    viewport: { width: 1440, height: 900 },
    acceptDownloads: true,
    ...options,
  });
  context.setDefaultTimeout(15_000);
  const complaints = [];
  const allowed = [];
  watch(context, complaints);
  const page = await context.newPage();
  const picture = (title) => shoot(page, `${name}-${title}`);
  try {
    await story({ page, context, allow: (pattern) => allowed.push(pattern), picture });
    const left = complaints.filter((line) => !allowed.some((pattern) => pattern.test(line)));
    if (left.length > 0) throw new Error(`the page complained:\n${left.join("\n")}`);
  } catch (problem) {
    const file = await shoot(page, `${name}-failed`).catch(() => "no picture");
    problem.message += `\n  at ${page.url()}, picture: ${file}`;
    if (complaints.length > 0) problem.message += `\n  complaints:\n  ${complaints.join("\n  ")}`;
    throw problem;
  } finally {
    await context.close();
  }
}

function watch(context, complaints) {
  context.on("request", (request) => {
    if (!isLocal(request.url())) complaints.push(`request leaves the machine: ${request.url()}`);
  });
  context.on("console", (message) => {
    if (message.type() === "error") complaints.push(`console: ${message.text()} (${message.location().url})`);
  });
  context.on("weberror", (error) => complaints.push(`uncaught: ${error.error().stack ?? error.error()}`));
}

async function shoot(page, title) {
  await mkdir(pictures, { recursive: true });
  const path = join(pictures, `${title.replace(/[^\p{L}\p{N}]+/gu, "-")}.png`);
  await page.screenshot({ path });
  return path;
}
