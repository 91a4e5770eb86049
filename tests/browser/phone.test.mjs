// A worker registers on a phone, from the scanned code to submitted: with real pictures, without a network for a while,
// on a slow one, and after the page was closed. Every page is looked at by axe.
import assert from "node:assert/strict";
import { test } from "node:test";
import { axe, findings, jpeg, onPhone, PHONE, photograph, projectCode, tap } from "./support/phone.mjs";
import { facePhoto, models, photographedCard, portrait } from "./support/pictures.mjs";
import { everybodyPunches } from "./support/program.mjs";
import { begin, checkCard, CODE_PAGE, giveNumber, sayJob, slowNetwork, submit, takeFace } from "./support/registration.mjs";
import { stories } from "./support/stories.mjs";
import { phoneOf } from "./support/wechat.mjs";

// Somebody on the project looks at it, on a phone of their own.
const approve = (stage, name) =>
  stage.visit(
    "approve",
    async ({ page, picture }) => {
      const { url } = stage.program;
      const reviewer = await phoneOf(url, "li");
      await reviewer.bind("binjiang");
      await onPhone(page, reviewer);
      await page.goto(`${url}/m/#/staff/review/index`);
      await page.getByText(name).first().click();
      await page.waitForLoadState("networkidle");
      for (const title of ["证件照", "人脸照片"]) {
        await page.getByRole("img", { name: title }).locator("img").waitFor({ state: "attached" });
      }
      await picture("opened");
      await tap(page, "通过");
      await page.getByText("已通过").waitFor();
    },
    PHONE,
  );

// A punch is missing, and so is the network: what is said about it waits on the phone.
async function objectWithoutNetwork(page, context, picture) {
  await page.locator(".day.today").click();
  await tap(page, "少了卡，我要申诉");
  await page.getByText("忘记刷脸了").click();
  await context.setOffline(true);
  await photograph(page, jpeg("gate.jpg", await facePhoto(page)));
  await page.getByRole("img", { name: "刚拍的照片" }).waitFor();
  await tap(page, "交给项目");
  await page.waitForURL(/me\/attendance/);
  await page.getByText("等网络", { exact: true }).waitFor();
  await picture("objection-waits");
  await context.setOffline(false);
  await page.getByText("等答复", { exact: true }).waitFor();
  await page.getByText("等网络", { exact: true }).waitFor({ state: "detached" });
  await picture("objected");
}

const OWN = ["attendance", "objection?day=2026-11-20", "contract", "looks", "code", "consent", "projects"];
const STAFF = ["home/index", "people/index", "register/index", "crews/index", "crews/new", "faces/index", "contracts/index", "attendance/index", "devices/index", "review/index", "apply/index"];

// Nothing of a page keeps somebody out who cannot see it.
async function everyPage(page, url, paths) {
  for (const path of paths) {
    await page.goto(`${url}/m/#/${path}`);
    await page.locator("uni-page-body").first().waitFor();
    // What was said before fades away over the page.
    await page.locator("uni-toast").waitFor({ state: "hidden" });
    await page.waitForLoadState("networkidle");
    assert.deepEqual(findings(await axe(page)), [], path);
  }
}

stories(
  "phone",
  (stage) => {
    test("from the code to submitted, with the network away in between", () =>
      stage.visit(
        "join",
        async ({ page, context, picture, allow }) => {
          allow(/ERR_INTERNET_DISCONNECTED|Failed to load resource/);
          const { url } = stage.program;
          const worker = await phoneOf(url, "wang");
          const code = await projectCode(url);
          await onPhone(page, worker);
          const card = await photographedCard(77, await portrait(page));
          await begin(page, url, code);
          await photograph(page, card.front);
          await page.waitForURL(/join\/back/, { timeout: 60_000 });

          await context.setOffline(true);
          await photograph(page, card.back);
          await page.getByText("照片已保存在手机里").waitFor({ timeout: 30_000 });
          await picture("offline");
          await page.reload().catch(() => undefined);
          await context.setOffline(false);
          // The page was lost with the network; nothing that was entered is.
          await page.goto(CODE_PAGE(url, code));
          await tap(page, "接着登记");
          await checkCard(page, card);
          await takeFace(page, jpeg("me.jpg", await facePhoto(page)));
          await giveNumber(page, url, worker.number);
          await sayJob(page);
          await submit(page);
          await picture("submitted");

          await approve(stage, card.name);

          // The gate knows the face now, and what it sends is on the person's own page.
          const said = await everybodyPunches(stage.program);
          assert.ok(said.some((line) => /^848 .*: done/.test(line)), said.join("\n"));
          await page.goto(`${url}/m/#/pages/me/index`);
          await page.reload();
          await page.getByText(card.name).waitFor();
          await picture("mine");
          await page.locator(".site-name").first().click();
          await page.waitForURL(/me\/attendance/);
          await page.locator(".sum-number", { hasText: /^1$/ }).waitFor();
          await picture("attendance");
          await objectWithoutNetwork(page, context, picture);
          await everyPage(page, url, OWN.map((one) => `pages/me/${one}`));
          await card.remove();
        },
        PHONE,
      ));
  },
  { environment: { MINGCE__VISION__FOLDER: models } },
);

// Which database is behind a page, its accessibility and its loading do not tell.
stories(
  "phone pages",
  (stage) => {
    test("somebody who cannot see them can use the pages", () =>
      stage.visit(
        "axe",
        async ({ page }) => {
          const { url } = stage.program;
          const staff = await phoneOf(url, "li");
          await staff.bind("binjiang");
          await onPhone(page, staff);
          const entrances = [`join/index?scene=${await projectCode(url)}`, "me/index", "me/person", "bind/index"];
          await everyPage(page, url, [...entrances.map((one) => `pages/${one}`), ...STAFF.map((one) => `staff/${one}`)]);
        },
        PHONE,
      ));

    test("on a slow network the page says what is coming until it is there", () =>
      stage.visit(
        "slow",
        async ({ page, picture }) => {
          const { url } = stage.program;
          const code = await projectCode(url);
          await onPhone(page, await phoneOf(url, "chen"));
          await slowNetwork(page);
          await page.goto(CODE_PAGE(url, code), { waitUntil: "commit" });
          await page.getByText("正在打开").waitFor();
          await picture("coming");
          await tap(page, "开始登记");
        },
        PHONE,
      ));
  },
  { on: ["embedded"] },
);
