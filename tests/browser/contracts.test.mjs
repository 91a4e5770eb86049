// Somebody in red gets a contract; a worker's objection gets its answer; a regulator looks over all projects.
import assert from "node:assert/strict";
import { test } from "node:test";
import { dialog, fill, logIn, openPage, row, told } from "./support/clerk.mjs";
import { photoOfNobody } from "./support/pictures.mjs";
import { stories } from "./support/stories.mjs";

stories("contracts and objections", (stage) => {
  const asProject = (page) => logIn(page, stage.program.url, { entrance: "项目登录", account: "binjiang", password: "Ming-ce-2026" });
  const asRegulator = (page) => logIn(page, stage.program.url, { entrance: "监管登录", account: "jiangmen", password: "Ming-ce-2026" });
  const tab = (page, name) => page.getByRole("tab", { name }).click();

  async function upload(page, picture) {
    await page.getByRole("list", { name: "未签约预警" }).getByRole("link", { name: /红色预警/ }).click();
    const stopped = row(page, "已停止考勤");
    await stopped.waitFor();
    await picture("red");
    const name = await stopped.getByRole("link").first().innerText();
    await stopped.getByRole("button", { name: "上传" }).click();
    const form = dialog(page, /^上传劳动合同/);
    const sheet = await photoOfNobody(page);
    const pages = [1, 2].map((number) => ({ name: `第${number}页.jpg`, mimeType: "image/jpeg", buffer: sheet }));
    await form.locator("input[type=file]").setInputFiles(pages);
    await form.getByText("第 2 页", { exact: true }).waitFor();
    await picture("form");
    await form.getByRole("button", { name: "上传", exact: true }).click();
    await told(page, "劳动合同已登记");
    return name;
  }

  async function look(page, name, picture) {
    await row(page, name).getByRole("button", { name: "查看" }).click();
    const drawer = dialog(page, "劳动合同");
    await drawer.getByRole("button", { name: "查看扫描件" }).click();
    await drawer.getByText("第 2 页").waitFor();
    assert.equal(await drawer.getByRole("link", { name: "下载 PDF" }).count(), 1);
    await picture("scan");
    await page.keyboard.press("Escape");
    await drawer.waitFor({ state: "hidden" });
  }

  async function terminate(page, name) {
    await row(page, name).getByRole("button", { name: "解约" }).click();
    const form = dialog(page, "解约");
    await fill(form, { 解约原因: "本人辞职" });
    await form.getByRole("button", { name: "解约", exact: true }).click();
    await told(page, "已解约");
    await tab(page, /已解约/);
    await row(page, name).getByText("本人辞职").waitFor();
  }

  test("who is red gets a contract, and it ends", () =>
    stage.visit("contracts", async ({ page, picture }) => {
      await asProject(page);
      await openPage(page, "合同管理");
      await picture("unsigned");
      const name = await upload(page, picture);
      await tab(page, /履约中/);
      await row(page, name).waitFor();
      await picture("active");
      await look(page, name, picture);
      await row(page, name).getByRole("button", { name: "重置" }).waitFor();
      await terminate(page, name);
      await picture("terminated");
    }));

  test("an objection is answered", () =>
    stage.visit("objections", async ({ page, picture }) => {
      await asProject(page);
      await openPage(page, "考勤异议");
      await picture("open");
      await row(page, "打卡机黑屏").getByRole("button", { name: "答复" }).click();
      const drawer = dialog(page, "考勤异议");
      await drawer.getByText("成立", { exact: true }).click();
      await drawer.getByRole("button", { name: /^情况属实/ }).click();
      await picture("answer");
      await drawer.getByRole("button", { name: "答复", exact: true }).click();
      await told(page, "已答复");
      await tab(page, /^成立/);
      await row(page, "打卡机黑屏").waitFor();
    }));

  test("a regulator goes from the figures to the people", () =>
    stage.visit("region-contracts", async ({ page, picture }) => {
      await asRegulator(page);
      await page.getByRole("link", { name: /未签红色预警/ }).click();
      await row(page, "已停止考勤").waitFor();
      await picture("red");
      await page.getByRole("link", { name: "滨江花园一期住宅工程" }).first().click();
      await page.getByRole("tab", { name: /未签约/ }).waitFor();
      await picture("project");
      await page.getByRole("navigation").getByRole("link", { name: "工作台", exact: true }).click();
      await page.getByRole("link", { name: /未签约人员/ }).waitFor();
      await picture("desk");
    }));
});
