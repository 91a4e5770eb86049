// A project's gate gets a terminal, then another one; and a regulator looks from the region into the project.
import assert from "node:assert/strict";
import { test } from "node:test";
import { dialog, fill, logIn, openPage, row, told } from "./support/clerk.mjs";
import { stories } from "./support/stories.mjs";

const VENDOR = "MINGCE-DEMO-VENDOR-0000000000001";
const FIRST = "BROWSER-TERMINAL-01";
const SECOND = "BROWSER-TERMINAL-02";
const PLACE = "东门进口";

stories("devices and attendance", (stage) => {
  const asProject = (page) => logIn(page, stage.program.url, { entrance: "项目登录", account: "binjiang", password: "Ming-ce-2026" });
  const asRegulator = (page) => logIn(page, stage.program.url, { entrance: "监管登录", account: "jiangmen", password: "Ming-ce-2026" });

  async function register(page) {
    await page.getByRole("button", { name: "登记考勤设备" }).first().click();
    const form = dialog(page, "登记考勤设备");
    await fill(form, { 设备商编码: VENDOR, 设备编号: FIRST, 安装位置: PLACE });
    await form.getByText("进场", { exact: true }).click();
    await form.getByRole("button", { name: "登记", exact: true }).click();
    await told(page, "设备已登记");
    await row(page, FIRST).getByText("从未上线").waitFor();
  }

  async function push(page) {
    await page.getByRole("button", { name: "人员更新下发" }).click();
    const form = dialog(page, "人员更新下发");
    await form.getByRole("row", { name: PLACE }).waitFor();
    await form.getByRole("button", { name: /^下发到/ }).click();
    await form.getByText(/^已通知 \d+ 台/).waitFor();
    // It has never been there, and will fetch its people when it comes.
    await form.getByRole("row", { name: PLACE }).getByText("设备不在线，上线后自动更新").waitFor();
    await form.getByRole("button", { name: "关闭", exact: true }).click();
  }

  async function replace(page) {
    await row(page, FIRST).getByRole("button", { name: "更换设备" }).click();
    const form = dialog(page, "更换设备");
    await fill(form, { 设备编号: SECOND, 更换原因: "屏幕进水" });
    await form.getByRole("button", { name: "更换", exact: true }).click();
    await told(page, "已更换");
    await row(page, SECOND).getByText(PLACE).click();
    const drawer = dialog(page, "设备详情");
    await drawer.getByRole("tab", { name: /^更换记录/ }).click();
    await drawer.getByText(FIRST).waitFor();
    await drawer.getByText("原因：屏幕进水").waitFor();
    await page.keyboard.press("Escape");
  }

  async function unbind(page) {
    await row(page, SECOND).getByRole("button", { name: "解绑" }).click();
    const form = dialog(page, "解绑设备");
    await fill(form, { 解绑原因: "大门封闭" });
    await form.getByRole("button", { name: "解绑", exact: true }).click();
    await told(page, "已解绑");
    await row(page, SECOND).waitFor({ state: "detached" });
    const filters = page.getByRole("search");
    await filters.getByLabel("使用情况").click();
    await page.getByRole("option", { name: "已解绑" }).click();
    await filters.getByRole("button", { name: "查询" }).click();
    await row(page, FIRST).waitFor();
    await row(page, SECOND).waitFor();
  }

  test("a terminal is registered, replaced by another one, and unbound", () =>
    stage.visit("devices", async ({ page, picture }) => {
      await asProject(page);
      await openPage(page, "设备管理");
      await register(page);
      await push(page);
      await replace(page);
      await picture("replaced");
      await unbind(page);
      await picture("unbound");
    }));

  test("the grid goes by the keyboard, and a cell opens its day", () =>
    stage.visit("grid", async ({ page, picture }) => {
      await asProject(page);
      await openPage(page, "出勤时长统计");
      await page.locator('[data-at="0:0"]').focus();
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("End");
      const last = await page.evaluate(() => document.activeElement?.getAttribute("data-at"));
      assert.match(last ?? "", /^1:(27|28|29|30)$/);
      await page.keyboard.press("Enter");
      await dialog(page, /的打卡$/).waitFor();
      await picture("day");
    }));

  test("a regulator goes from the region's attendance into a project's", () =>
    stage.visit("region-attendance", async ({ page, picture }) => {
      await asRegulator(page);
      await openPage(page, "项目考勤");
      await page.getByRole("link", { name: "滨江花园一期住宅工程" }).click();
      await page.getByRole("link", { name: "在场人员" }).click();
      await page.getByText("现在在场").first().waitFor();
      await picture("on-site");
    }));
});
