// Every page of every kind of account, and everything its buttons open: none may complain, and none may lead nowhere.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fromAccountMenu, logIn } from "./support/clerk.mjs";
import { stories } from "./support/stories.mjs";

const password = "Ming-ce-2026";
// The administrator sees what the others see, and comes last: what was pressed by then opens the same for it.
const accounts = [
  { entrance: "监管登录", account: "jiangmen", password },
  { entrance: "项目登录", account: "binjiang", password },
  { entrance: "企业登录", account: "qiye", password },
  { entrance: "设备商", account: "shebei", password },
  { entrance: "平台管理", account: "admin", password, onlyNew: true },
];
// These act at once and open nothing: they have stories of their own.
const ACTS = /^(查询|重置|清除条件|重试|下载.*|修改密码|打印.*|复制|导出.*|退出登录|接口文档|前一段|后一段)$/;
const OVERLAYS = ".el-overlay:visible .el-dialog, .el-overlay:visible .el-drawer, .el-overlay:visible .el-message-box";
// A form that takes the place of what it edits.
const IN_PLACE = "main li form";

stories(
  "clicking through",
  (stage) => {
    for (const who of accounts) {
      test(`all pages and buttons of ${who.account}`, () =>
        stage.visit(`clicks-${who.account}`, async ({ page }) => {
          const traffic = Object.assign(watchTraffic(page), { onlyNew: who.onlyNew });
          await standStill(page);
          await logIn(page, stage.program.url, who);
          const menu = page.getByRole("navigation", { name: "主菜单" });
          const titles = await menu.locator("a.entry").evaluateAll((entries) => entries.map((entry) => entry.getAttribute("aria-label")));
          assert.ok(titles.length > 2, `${who.account} has a menu`);
          for (const title of titles) {
            const go = () => menu.getByRole("link", { name: title, exact: true }).click();
            await lookAround(page, traffic, go, menu.locator(`a.entry.current[aria-label="${title}"]`));
          }
          for (const item of ["修改密码", "登录设备", "接口令牌"]) {
            await lookAround(page, traffic, () => fromAccountMenu(page, item), page.getByRole("heading", { name: item, level: 1, exact: true }));
          }
          assert.deepEqual(traffic.refusals, []);
        }));
    }

    test("all pages without login", () =>
      stage.visit("clicks-public", async ({ page }) => {
        const traffic = watchTraffic(page);
        for (const path of ["/login", "/apply", "/apply/status", "/lookup"]) {
          await page.goto(stage.program.url + path);
          await traffic.settled();
          await page.getByRole("heading").first().waitFor();
        }
        await page.goto(`${stage.program.url}/docs`);
        await page.locator(".opblock-tag").first().waitFor();
        assert.deepEqual(traffic.refusals, []);
      }));
  },
  // What a click leads to does not depend on the database. Each waits for its page most of its time.
  { on: ["embedded"], atOnce: 3 },
);

// Hundreds of dialogs that glide in and out take minutes.
const standStill = (page) =>
  page.addInitScript(() =>
    document.addEventListener("DOMContentLoaded", () => {
      const style = document.createElement("style");
      style.textContent = "*, ::before, ::after { transition: none !important; animation: none !important }";
      document.head.append(style);
    }),
  );

// What is under way, and what was refused or failed. Nobody being logged in yet is no failure.
function watchTraffic(page) {
  const refusals = [];
  const underWay = new Set();
  let last = Date.now();
  const ended = (request) => {
    underWay.delete(request);
    last = Date.now();
  };
  // A live page's stream is open as long as the page is.
  page.on("request", (request) => request.resourceType() !== "eventsource" && underWay.add(request));
  page.on("requestfinished", ended);
  page.on("requestfailed", ended);
  // A page that is left for another document takes its requests with it.
  page.on("domcontentloaded", () => underWay.clear());
  page.on("response", (answer) => {
    const { pathname } = new URL(answer.url());
    const asksWho = pathname === "/api/v1/session" && answer.status() === 401;
    if (answer.status() >= 400 && !asksWho) refusals.push(`${answer.status()} ${answer.request().method()} ${pathname} on ${page.url()}`);
  });
  const settled = () => until(() => underWay.size === 0 && Date.now() - last > 100, `${page.url()} does not come to rest`, 20_000);
  return { refusals, settled };
}

// A page, then everything its buttons open, then the same for every tab of it.
async function lookAround(page, traffic, go, there) {
  await arrive(page, traffic, go, there);
  const address = page.url();
  await pressAll(page, traffic);
  const main = page.locator("main");
  const back = async () => page.url() === address || (await arrive(page, traffic, () => page.goto(address), main));
  await back();
  const names = await main.locator("[role=tab]:not([aria-selected=true]):visible, nav a:not(.here):visible").allInnerTexts();
  for (const name of names.map((text) => text.split("\n")[0])) {
    await back();
    const tab = main.locator("[role=tab]:visible, nav a:visible").filter({ hasText: name }).first();
    await arrive(page, traffic, () => tab.click(), main.locator("[role=tab][aria-selected=true], nav a.here").filter({ hasText: name }).first());
    await pressAll(page, traffic);
  }
}

async function arrive(page, traffic, go, there) {
  await go();
  await there.waitFor();
  await isFine(page, traffic);
}

async function isFine(page, traffic) {
  await traffic.settled();
  for (const nowhere of ["没有这个页面", "您的账号没有这项权限", "页面出了点问题", "没有载入"]) {
    assert.equal(await page.getByText(nowhere).count(), 0, `${page.url()} says ${nowhere}`);
  }
}

// Buttons of the page itself, and of the first row of its table: what is in one row is in all.
const buttonsOf = (page) =>
  page.locator("main").locator(
    ".el-button:not([disabled]):visible:not(tbody .el-button), tbody tr:first-child .el-button:not([disabled]):visible, tbody tr:first-child .mc-link:visible",
  );

// By page, what somebody has pressed there.
const pressedOn = new Map();
function knownOn(path) {
  if (!pressedOn.has(path)) pressedOn.set(path, new Set());
  return pressedOn.get(path);
}

// Each button once, by its words and how many before it say the same: a list that fills or changes meanwhile moves them.
async function pressAll(page, traffic) {
  const address = page.url();
  const pressed = new Set();
  const known = knownOn(new URL(address).pathname);
  const isOld = ({ label }) => pressed.has(label) || (traffic.onlyNew && known.has(label));
  for (let next; (next = (await labelsOf(page)).find((one) => !isOld(one))); ) {
    if (!(await clicked(next.button))) continue;
    pressed.add(next.label);
    known.add(next.label);
    const left = await lookAtWhatOpens(page, traffic, address, `${next.text} on ${address}`);
    if (left) await arrive(page, traffic, () => page.goto(address), buttonsOf(page).nth(next.at));
  }
}

async function labelsOf(page) {
  const seen = new Map();
  const buttons = await buttonsOf(page).elementHandles();
  const texts = await Promise.all(buttons.map((button) => button.evaluate((one) => one.innerText.trim() || one.getAttribute("aria-label") || "")));
  const labels = texts.map((text, at) => {
    seen.set(text, (seen.get(text) ?? 0) + 1);
    return { at, text, button: buttons[at], label: `${text} ${seen.get(text)}` };
  });
  return labels.filter(({ text }) => !ACTS.test(text));
}

// A button may go in the moment before it is clicked; then it is not missed.
const clicked = (button) =>
  button.click().then(
    () => true,
    (problem) => {
      if (/not attached/.test(problem.message)) return false;
      throw problem;
    },
  );

// Whether the page was left.
async function lookAtWhatOpens(page, traffic, address, what) {
  const opened = page.locator(`${OVERLAYS}, .el-popper:visible .el-dropdown-menu, ${IN_PLACE}`).first();
  const gone = page.waitForURL((now) => now.href !== address);
  await Promise.any([opened.waitFor(), gone]).catch(() => assert.fail(`${what} opens nothing`));
  await isFine(page, traffic);
  await close(page, what);
  return page.url() !== address;
}

// Everything that is open, from the top: a dialog may have opened another.
async function close(page, what) {
  const open = page.locator(`${OVERLAYS}, ${IN_PLACE}`);
  for (let count = await open.count(); count > 0; count = await open.count()) {
    await open.last().getByRole("button", { name: /^(取消|关闭|关闭此对话框)$/ }).last().click();
    await until(async () => (await open.count()) < count, `${what} does not close`);
  }
  await page.keyboard.press("Escape");
}

async function until(isSo, otherwise, milliseconds = 5_000) {
  for (const end = Date.now() + milliseconds; Date.now() < end; ) {
    if (await isSo()) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  assert.fail(otherwise);
}
