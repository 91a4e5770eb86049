// Whoever holds a phone: known to the platform by the WeChat stand-in, without its window.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

async function call(method, address, body, headers = {}) {
  const init = { method, headers: { "content-type": "application/json", ...headers }, ...(body !== undefined && { body: JSON.stringify(body) }) };
  const answer = await fetch(address, init);
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${address}: ${answer.status} ${text}`);
  return text ? JSON.parse(text) : null;
}

// One of the stand-in's people, logged in as `wx.login` does; with an account, bound to it.
export async function holder(url, person, account) {
  const api = `${url}/api/v1/phone`;
  const { wechat } = await call("GET", `${api}/settings`);
  const people = `${wechat.stand_in_url}/wechat/api`;
  const { code } = await call("POST", `${people}/people/${person}/login-code`);
  const { token } = await call("POST", `${api}/session`, { code, app: "mini_program" });
  const headers = { authorization: `Bearer ${token}` };
  if (account) await call("POST", `${api}/account`, account, headers);
  const { people: all } = await call("GET", `${people}/state`);
  const number = all.find((one) => one.id === person).phone;
  return { token, number, headers, smsCode: (to) => smsCode(url, to) };
}

// Codes that were sent in demo mode are shown at /demo/sms.
async function smsCode(url, number) {
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
  const { headers } = await holder(url, "zhao", { login: "binjiang", password: "Ming-ce-2026" });
  const { projects } = await call("GET", `${url}/api/v1/phone/session`, undefined, headers);
  const { link } = await call("GET", `${url}/api/v1/projects/${projects[0].id}/code`, undefined, headers);
  return { code: /scene=([^&]+)/.exec(link)[1], project: projects[0] };
}

// The page finds the session of its holder, as it would after logging in.
export async function onPhone(page, { token }) {
  const kept = JSON.stringify({ type: "string", data: JSON.stringify(token) });
  await page.addInitScript((value) => localStorage.setItem("mingce.token", value), kept);
}

export const tap = (page, name) => page.getByRole("button", { name, exact: true }).click();

// Takes the picture when the page opens the camera.
export async function photograph(page, file) {
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), tap(page, "拍照")]);
  await chooser.setFiles(file);
}

export async function axe(page) {
  const source = await readFile(require.resolve("axe-core/axe.min.js"), "utf8");
  await page.evaluate(source);
  return page.evaluate(() => globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa"] }));
}

export const findings = ({ violations }) => violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).slice(0, 5).join(", ")}`);
