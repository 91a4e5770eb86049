// The pages on somebody's phone.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { accounts, login } from "./accounts.mjs";

const require = createRequire(import.meta.url);

export const PHONE = { viewport: { width: 390, height: 844 } };

// Codes that were sent in demo mode are shown at /demo/sms.
export async function smsCode(url, number) {
  for (const until = Date.now() + 10_000; Date.now() < until; ) {
    const page = await (await fetch(`${url}/demo/sms`)).text();
    const found = new RegExp(`${number}[\\s\\S]*?(\\d{6})`).exec(page);
    if (found) return found[1];
    await new Promise((done) => setTimeout(done, 200));
  }
  throw new Error(`no code was sent to ${number}`);
}

// The code that hangs at the demo project's gate.
export async function projectCode(url) {
  const { headers } = await login(url, accounts.find(({ kind }) => kind === "project"));
  const get = async (path) => (await fetch(`${url}/api/v1${path}`, { headers })).json();
  const { projects } = await get("/session");
  const { link } = await get(`/projects/${projects[0].id}/code`);
  return /scene=([^&]+)/.exec(link)[1];
}

// The page finds the session of its holder, as it would after logging in.
export async function onPhone(page, { token }) {
  const kept = JSON.stringify({ type: "string", data: JSON.stringify(token) });
  // What is shown without a network is a page of the browser's own.
  await page.addInitScript((value) => location.protocol === "http:" && localStorage.setItem("mingce.token", value), kept);
}

export const tap = (page, name) => page.getByRole("button", { name, exact: true }).click();

// taps(page): counts what the hand does from now on; the answer says how often it tapped since it was last asked.
export async function taps(page) {
  await page.addInitScript(() => {
    globalThis.taps = 0;
    addEventListener("click", (event) => event.isTrusted && globalThis.taps++, true);
  });
  return () => page.evaluate(() => [globalThis.taps, (globalThis.taps = 0)][0]);
}

// Into the field that has been tapped.
export async function type(page, label, text) {
  const field = page.locator(`input[aria-label="${label}"]`);
  await field.click();
  await field.fill(text);
}

export const jpeg = (name, buffer) => ({ name, mimeType: "image/jpeg", buffer });

// Takes the picture when the page opens the camera.
export async function photograph(page, file, button = page.getByRole("button", { name: "拍照", exact: true })) {
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), button.click()]);
  await chooser.setFiles(file);
}

export async function axe(page) {
  const source = await readFile(require.resolve("axe-core/axe.min.js"), "utf8");
  await page.evaluate(source);
  return page.evaluate(() => globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa"] }));
}

export const findings = ({ violations }) => violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.target.join(" ")} ${node.html.slice(0, 100)}`).slice(0, 5).join(", ")}`);
