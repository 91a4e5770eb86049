// What a clerk does at the console, by the words on the screen.
import assert from "node:assert/strict";
import { openCaptcha } from "../captcha.mjs";

// Answers of the captchas this page was shown, newest last: read from what the server sent, opened with the demo key.
const shown = new WeakMap();

export function watchCaptchas(page) {
  const tokens = [];
  shown.set(page, tokens);
  page.on("response", async (response) => {
    if (new URL(response.url()).pathname === "/api/v1/captcha" && response.ok()) {
      // A page that was left meanwhile takes its pictures along; nobody types those off.
      const challenge = await response.json().catch(() => undefined);
      if (challenge) tokens.push(challenge.token);
    }
  });
}

// Types the answer of the newest captcha.
export async function answerCaptcha(page, scope = page) {
  await scope.getByAltText("验证码图片").waitFor();
  const token = shown.get(page)?.at(-1);
  assert.ok(token, "the page asked for no captcha: call watchCaptchas before it is opened");
  await scope.getByLabel("验证码", { exact: true }).fill(openCaptcha(token));
}

// entrance: 项目登录, 企业登录, 监管登录, or 平台管理, 设备商.
export async function logIn(page, url, { entrance, account, password }) {
  watchCaptchas(page);
  await page.goto(`${url}/login`);
  // A tab, or one of the other ways in below the form.
  await page.getByRole("tab", { name: entrance }).or(page.getByRole("button", { name: entrance, exact: true })).click();
  await page.getByLabel("账号", { exact: true }).fill(account);
  await page.getByLabel("密码", { exact: true }).fill(password);
  await answerCaptcha(page);
  await page.locator("button[type=submit]").click();
  await page.waitForURL((address) => address.pathname !== "/login");
}

// 修改密码, 登录设备, … below one's own name.
export async function fromAccountMenu(page, item) {
  await page.getByRole("button", { name: /^账号 / }).click();
  await page.getByRole("menuitem", { name: item }).click();
}

export async function logOut(page) {
  await fromAccountMenu(page, "退出登录");
  await page.waitForURL("**/login*");
}

export async function openPage(page, title) {
  await page.getByRole("navigation").getByRole("link", { name: title, exact: true }).click();
  await page.getByRole("heading", { name: title }).first().waitFor();
}

// The input that belongs to a label.
const input = (scope, label) => scope.getByLabel(label, { exact: true });

export async function fill(scope, fields) {
  for (const [label, value] of Object.entries(fields)) await input(scope, label).fill(value);
}

// A drop-down: type to narrow it down, take the option with these words.
export async function choose(scope, label, option, { search = option } = {}) {
  const page = scope.page?.() ?? scope;
  const box = input(scope, label);
  await box.click();
  await box.fill(search);
  await page.locator(".el-select-dropdown:visible .el-select-dropdown__item", { hasText: option }).first().click();
}

export async function setDate(scope, label, date) {
  const box = input(scope, label);
  await box.fill(date);
  await box.press("Enter");
}

// The dialog or drawer with this title.
export const dialog = (page, title) => page.getByRole("dialog", { name: title });

// Answers the question with this title.
export async function confirm(page, title, answer) {
  await dialog(page, title).getByRole("button", { name: answer, exact: true }).click();
}

export const row = (page, words) => page.locator(".el-table__body tr", { hasText: words }).first();

export async function told(page, words) {
  await page.locator(".el-message, .el-notification").filter({ hasText: words }).first().waitFor();
}

// Clicks, and gives the file that comes of it.
export async function downloaded(page, click, path) {
  const [download] = await Promise.all([page.waitForEvent("download", { timeout: 60_000 }), click()]);
  await download.saveAs(path);
  return download.suggestedFilename();
}
