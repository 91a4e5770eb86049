// What people do about accounts: passwords, devices that are logged out, tokens for programs, and work that failed.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { login } from "./support/accounts.mjs";
import { confirm, dialog, downloaded, fill, fromAccountMenu, logIn, logOut, openPage, row, told } from "./support/clerk.mjs";
import { stories } from "./support/stories.mjs";

const DEMO = "Ming-ce-2026";
const regulator = { entrance: "监管登录", account: "jiangmen", password: DEMO };
const project = (account, password = DEMO) => ({ entrance: "项目登录", account, password });

stories("accounts", (stage) => {
  const url = () => stage.program.url;
  // How the API answers somebody with these headers.
  const answers = async (headers) => (await fetch(`${url()}/api/v1/session`, { headers })).status;

  async function find(page, account) {
    await openPage(page, "账号管理");
    await fill(page.getByRole("search"), { 账号或名称: account });
    await page.getByRole("button", { name: "查询", exact: true }).click();
    await row(page, account).waitFor();
    return row(page, account);
  }

  async function newPassword(page, { from, to, again = to }) {
    await fill(page, { 当前密码: from, 新密码: to, 再输一次新密码: again });
  }

  test("a reset password logs its account out, and the first password has to be changed", () =>
    stage.visit("reset", async ({ page, picture }) => {
      const before = await login(url(), { login: "xuexiao", password: DEMO });
      assert.equal(await answers(before.headers), 200);
      await logIn(page, url(), regulator);
      await (await find(page, "xuexiao")).getByRole("button", { name: "重置密码" }).click();
      await confirm(page, "重置密码？", "重置");
      const issued = dialog(page, "密码已重置");
      await issued.getByText("初始密码", { exact: true }).waitFor();
      const [account, first] = await issued.locator("dd").allInnerTexts();
      assert.equal(account, "xuexiao");
      await picture("issued");
      await issued.getByRole("button", { name: "我已保存，关闭" }).click();
      await row(page, "xuexiao").getByText("未启用").waitFor();
      assert.equal(await answers(before.headers), 401);
      await logOut(page);

      await logIn(page, url(), project("xuexiao", first));
      await page.getByRole("heading", { name: "请先设置新密码" }).waitFor();
      await newPassword(page, { from: first, to: "Xue-xiao-2026!", again: "Xue-xiao-2025!" });
      await page.getByRole("button", { name: "设置并进入平台" }).click();
      await page.getByText("两次输入的新密码不一致").waitFor();
      await picture("first-password");
      await newPassword(page, { from: first, to: "Xue-xiao-2026!" });
      await page.getByRole("button", { name: "设置并进入平台" }).click();
      await page.getByRole("navigation", { name: "主菜单" }).waitFor();
      await logOut(page);
      await logIn(page, url(), project("xuexiao", "Xue-xiao-2026!"));
    }));

  test("a disabled account is out at once, and comes back when it is enabled", () =>
    stage.visit("disable", async ({ page, picture }) => {
      const before = await login(url(), { login: "dashujv", password: DEMO });
      await logIn(page, url(), regulator);
      await (await find(page, "dashujv")).getByRole("button", { name: "停用" }).click();
      const off = dialog(page, "停用账号 dashujv");
      await off.getByRole("button", { name: "停用", exact: true }).click();
      await off.getByText("请填写原因").waitFor();
      await fill(off, { 原因: "项目已移交" });
      await picture("reason");
      await off.getByRole("button", { name: "停用", exact: true }).click();
      await told(page, "已停用");
      await row(page, "dashujv").getByText("已停用").waitFor();
      assert.equal(await answers(before.headers), 401);
      await assert.rejects(login(url(), { login: "dashujv", password: DEMO }), /cannot log in/);

      await row(page, "dashujv").getByRole("button", { name: "启用" }).click();
      const on = dialog(page, "启用账号 dashujv");
      await fill(on, { 原因: "停错了账号" });
      await on.getByRole("button", { name: "启用", exact: true }).click();
      await told(page, "已启用");
      await login(url(), { login: "dashujv", password: DEMO });
    }));

  test("people change their own password, which logs their other devices out", () =>
    stage.visit("password", async ({ page, allow, picture }) => {
      allow(/422/);
      const other = await login(url(), { login: "jianghai", password: DEMO });
      await logIn(page, url(), { ...regulator, account: "jianghai" });
      await fromAccountMenu(page, "修改密码");
      await newPassword(page, { from: "Not-this-1234", to: "Jiang-hai-2026!" });
      await page.getByRole("button", { name: "修改密码", exact: true }).click();
      await page.locator(".el-form-item.is-error", { hasText: "当前密码" }).waitFor();
      await picture("wrong");
      await newPassword(page, { from: DEMO, to: "Jiang-hai-2026!" });
      await page.getByRole("button", { name: "修改密码", exact: true }).click();
      await told(page, "密码已修改");
      assert.equal(await answers(other.headers), 401);
      await logOut(page);
      await logIn(page, url(), { ...regulator, account: "jianghai", password: "Jiang-hai-2026!" });
    }));

  test("a program's token works until it is revoked", () =>
    stage.visit("token", async ({ page, picture }) => {
      await logIn(page, url(), { entrance: "企业登录", account: "qiye", password: DEMO });
      await fromAccountMenu(page, "接口令牌");
      await page.getByRole("button", { name: "创建令牌" }).first().click();
      const form = dialog(page, "创建接口令牌");
      await fill(form, { 用途: "公司人事系统" });
      await form.getByRole("button", { name: "创建", exact: true }).click();
      const shown = dialog(page, "接口令牌");
      const token = await shown.locator("dd").first().innerText();
      const program = { authorization: `Bearer ${token}` };
      assert.equal(await answers(program), 200);
      await shown.getByRole("button", { name: "我已保存，关闭" }).click();
      await picture("listed");
      await row(page, "公司人事系统").getByRole("button", { name: "停用" }).click();
      await confirm(page, "停用这个令牌？", "停用");
      await told(page, "已停用");
      await page.getByText("还没有接口令牌").waitFor();
      assert.equal(await answers(program), 401);
    }));

  test("work that failed says why, and is tried again", () =>
    stage.visit("retry", async ({ page, picture }) => {
      await logIn(page, url(), project("binjiang"));
      await openPage(page, "项目花名册");
      await page.getByRole("button", { name: "批量人员进场" }).click();
      const form = dialog(page, "批量人员进场");
      const empty = join(stage.program.folder, "empty.xlsx");
      await downloaded(page, () => form.getByRole("button", { name: "下载模板" }).click(), empty);
      await form.locator("input[type=file]").setInputFiles(empty);
      await form.getByText("没有填写任何人员").first().waitFor();
      await form.getByRole("button", { name: "关闭", exact: true }).click();

      await openPage(page, "任务中心");
      const job = row(page, "没有填写任何人员");
      await job.getByText("未完成").waitFor();
      await picture("failed");
      const [answer] = await Promise.all([page.waitForResponse(/\/jobs\/[^/]+\/retry$/), job.getByRole("button", { name: "重试" }).click()]);
      assert.equal(answer.status(), 200);
      await told(page, "已重新排队");
      // The sheet is as empty as before: the same reason comes back, by itself.
      await row(page, "没有填写任何人员").getByText("未完成").waitFor();
    }));
});
