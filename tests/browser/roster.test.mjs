// A project's site fills up: a company, a crew and fifty people from a sheet; one of them leaves and comes back.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { choose, dialog, downloaded, fill, logIn, openPage, row, told } from "./support/clerk.mjs";
import { people } from "./support/people.mjs";
import { fillSheet, readSheet } from "./support/sheet.mjs";
import { stories } from "./support/stories.mjs";

// In the registry of companies, and not yet on this project.
const COMPANY = "江门市匠心建筑劳务有限公司";
const CREW = "砌筑二班";
const REASON = "本工种施工结束";
const workers = people(50);
const leaver = workers[7];
// The check digit does not fit.
const mistyped = { name: "周错号", idNumber: workers[3].idNumber.replace(/.$/, (last) => (last === "0" ? "1" : "0")), phone: "15419999999" };

stories("a roster", (stage) => {
  const ofCrew = (page, name) => row(page, name).filter({ hasText: CREW });
  const turnTo = (page, tab) => page.getByRole("tab", { name: tab }).click();

  async function addUnit(page) {
    await openPage(page, "项目参建单位管理");
    await page.getByRole("button", { name: "添加参建单位" }).click();
    const form = dialog(page, "添加参建单位");
    await choose(form, "企业", COMPANY);
    await choose(form, "参建类型", "劳务分包");
    await form.getByRole("button", { name: "添加", exact: true }).click();
    await told(page, "参建单位已进场");
    await row(page, COMPANY).waitFor();
  }

  async function addCrew(page) {
    await openPage(page, "项目班组管理");
    await page.getByRole("button", { name: "新增班组" }).click();
    const form = dialog(page, "新增班组");
    await choose(form, "参建单位", COMPANY);
    await fill(form, { 班组名称: CREW });
    await choose(form, "工种", "砌筑工");
    await form.getByRole("button", { name: "添加", exact: true }).click();
    await told(page, "班组已进场");
    await row(page, CREW).waitFor();
  }

  async function filledTemplate(page, form) {
    const template = join(stage.program.folder, "template.xlsx");
    await downloaded(page, () => form.getByRole("button", { name: "下载模板" }).click(), template);
    const filled = join(stage.program.folder, "people.xlsx");
    const rows = [...workers, mistyped].map(({ name, idNumber, phone }) => ({
      姓名: name,
      身份证号码: idNumber,
      民族: "汉族",
      手机号码: phone,
      班组: CREW,
    }));
    await fillSheet(template, filled, rows);
    return filled;
  }

  async function importPeople(page, picture) {
    await openPage(page, "项目花名册");
    await page.getByRole("button", { name: "批量人员进场" }).click();
    const form = dialog(page, "批量人员进场");
    await form.locator("input[type=file]").setInputFiles(await filledTemplate(page, form));
    // The dry run says what would become of every row. Had it brought anybody on site, the import would say 已存在 of them.
    const enter = form.getByRole("button", { name: "确认进场 50 人" });
    await enter.waitFor();
    await form.getByRole("row", { name: mistyped.name }).getByText("身份证").waitFor();
    await picture("checked");
    await enter.click();
    await form.getByText("已进场 50 人").waitFor();
    await form.getByRole("button", { name: "完成" }).click();
  }

  async function exportRoster(page) {
    const file = join(stage.program.folder, "roster.xlsx");
    const name = await downloaded(page, () => page.getByRole("button", { name: "导出花名册" }).click(), file);
    assert.match(name, /^花名册\d{8}.*\.xlsx$/);
    return await readSheet(file);
  }

  // Shows the people of this name only: the project has more people than a page.
  async function find(page, name) {
    const filters = page.getByRole("search");
    await filters.getByLabel("姓名", { exact: true }).fill(name);
    await filters.getByRole("button", { name: "查询" }).click();
    await ofCrew(page, name).waitFor();
  }

  test("a company, a crew, fifty people from a sheet; one leaves and comes back", () =>
    stage.visit("roster", async ({ page, picture }) => {
      await logIn(page, stage.program.url, { entrance: "项目登录", account: "binjiang", password: "Ming-ce-2026" });
      await addUnit(page);
      await addCrew(page);
      await importPeople(page, picture);

      await row(page, CREW).waitFor();
      await picture("on-site");
      const sheet = await exportRoster(page);
      const imported = sheet.filter((cells) => cells.includes(CREW));
      const names = workers.map(({ name }) => name);
      assert.deepEqual(imported.map((cells) => cells.find((cell) => names.includes(cell))).sort(), names.sort());
      assert.ok(!sheet.flat().includes(leaver.idNumber), "ID numbers are masked");

      await find(page, leaver.name);
      await ofCrew(page, leaver.name).getByRole("button", { name: "退场", exact: true }).click();
      const exit = dialog(page, "人员退场");
      await fill(exit, { 退场原因: REASON });
      await exit.getByRole("button", { name: "退场", exact: true }).click();
      await told(page, "已退场");
      await ofCrew(page, leaver.name).waitFor({ state: "detached" });

      await turnTo(page, "已退场");
      await ofCrew(page, leaver.name).getByText(REASON).first().waitFor();
      await picture("exited");
      await ofCrew(page, leaver.name).getByRole("button", { name: "撤销退场" }).click();
      const undo = dialog(page, "撤销退场");
      await fill(undo, { 撤销原因: "点错了人" });
      await undo.getByRole("button", { name: "撤销退场" }).click();
      await told(page, "已撤销退场");
      await ofCrew(page, leaver.name).waitFor({ state: "detached" });

      await turnTo(page, "在场");
      await find(page, leaver.name);
      await ofCrew(page, leaver.name).getByRole("button", { name: "退场", exact: true }).waitFor();
      await picture("back");
    }));
});
