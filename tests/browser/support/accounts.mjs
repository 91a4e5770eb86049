// The demo's accounts, one of every kind, and a session for a program that is not a browser.
import assert from "node:assert/strict";
import { openCaptcha } from "../captcha.mjs";

const password = "Ming-ce-2026";

export const accounts = [
  { kind: "regulator", login: "jiangmen" },
  { kind: "project", login: "binjiang" },
  { kind: "company", login: "qiye" },
  { kind: "vendor", login: "shebei" },
  { kind: "admin", login: "admin" },
].map((account) => ({ ...account, password }));

// The headers that prove who is calling.
export async function login(url, account) {
  const { token } = await (await fetch(`${url}/api/v1/captcha`)).json();
  const body = { account: account.login, password: account.password, captcha_token: token, captcha_answer: openCaptcha(token) };
  const answer = await fetch(`${url}/api/v1/session`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  assert.equal(answer.status, 200, `${account.login} cannot log in`);
  const cookie = answer.headers.getSetCookie().map((line) => line.split(";")[0]).join("; ");
  return { headers: { cookie, "x-csrf-token": (await answer.json()).csrf_token } };
}
