// What a clerk does standing at the gate, on a phone: a crew, somebody in it, their face, their contract, and the exit.
import assert from "node:assert/strict";
import { test } from "node:test";
import { jpeg, onPhone, PHONE, photograph, tap, taps, type } from "./support/phone.mjs";
import { facePhoto, models, photographedCard, portrait } from "./support/pictures.mjs";
import { stories } from "./support/stories.mjs";
import { phoneOf } from "./support/wechat.mjs";

async function choose(page, field, choice) {
  await page.getByRole("button", { name: new RegExp(`^${field}`) }).click();
  const choices = page.getByRole("dialog").locator(".choice");
  await (choice ? choices.filter({ hasText: choice }) : choices).first().click();
}

const pick = (page, choice) => page.getByRole("radio", { name: choice, exact: true }).click();

// Somebody stands at the gate and waits.
const UNDER = 10;

const person = (page, name) => page.locator(".person", { hasText: name });

stories(
  "staff",
  (stage) => {
    test("from a new crew to the exit of somebody in it", () =>
      stage.visit(
        "staff",
        async ({ page, picture }) => {
          const { url } = stage.program;
          const staff = await phoneOf(url, "li");
          await staff.bind("binjiang");
          await onPhone(page, staff);
          const tapped = await taps(page);
          async function quickly(what) {
            const count = await tapped();
            assert.ok(count < UNDER, `${what} took ${count} taps`);
          }
          const home = () => page.goto(`${url}/m/#/staff/home/index`);
          const open = (name) => page.getByRole("button", { name: new RegExp(`^${name}`) }).click();
          const card = await photographedCard(77, await portrait(page));
          const face = jpeg("face.jpg", await facePhoto(page));

          await home();
          await page.waitForLoadState("networkidle");
          await picture("home");
          await open("项目班组");
          await tap(page, "新建班组");
          await type(page, "班组名称", "夜班钢筋组");
          await choose(page, "所属单位");
          await choose(page, "主要工种", "钢筋工");
          await picture("crew");
          await tap(page, "建班组");
          await quickly("a crew");
          await page.getByText("夜班钢筋组").click();
          await tap(page, "登记人到这个班组");

          await photograph(page, card.front, page.getByRole("button", { name: /^人像面/ }));
          await page.getByText(card.name, { exact: true }).waitFor({ timeout: 60_000 });
          await photograph(page, card.back, page.getByRole("button", { name: /^国徽面/ }));
          await page.getByText(card.authority).waitFor({ timeout: 60_000 });
          for (let marks = page.locator(".mark"); (await marks.count()) > 0; ) {
            await marks.first().click();
            await tap(page, "好了");
          }
          await type(page, "手机号", "19900000077");
          await picture("register");
          await tap(page, "登记进场");
          await page.getByText("已登记进场").waitFor();
          await quickly("somebody, read from the card");
          await page.waitForURL(/crews\/index/);

          await home();
          await open("人脸采集");
          await person(page, card.name).click();
          await photograph(page, face);
          await page.getByText("核验通过").waitFor({ timeout: 30_000 });
          await picture("face");
          await tap(page, "就用这张");
          await page.getByText("已保存").waitFor();
          await quickly("a face");
          await page.waitForURL(/faces\/index/);

          await home();
          await open("劳动合同");
          await person(page, card.name).click();
          for (const side of ["第 1 页", "第 2 页"]) {
            await photograph(page, side === "第 1 页" ? card.front : card.back, page.getByText(`拍${side}`));
            await page.getByRole("img", { name: side }).waitFor();
          }
          await pick(page, "无固定期限");
          await pick(page, "计时");
          await type(page, "单价（元）", "320");
          await picture("contract");
          await tap(page, "保存合同");
          await page.getByText("合同已签").waitFor();
          await quickly("a contract of two pages");
          await page.waitForURL(/contracts\/index/);

          await home();
          await open("施工人员");
          await type(page, "姓名、身份证号或卡号", card.name);
          await tap(page, "查找");
          await person(page, card.name).click();
          await page.waitForLoadState("networkidle");
          await picture("person");
          await tap(page, "退场");
          await picture("exit");
          await tap(page, "确定退场");
          await page.getByText("已退场").first().waitFor();
          await quickly("an exit");
          await person(page, card.name).waitFor({ state: "detached" });
          assert.equal(await person(page, card.name).count(), 0);
          await card.remove();
        },
        PHONE,
      ));
  },
  { environment: { MINGCE__VISION__FOLDER: models } },
);
