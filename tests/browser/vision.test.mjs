// A clerk drops a photographed ID card: the form is filled, what was not read for sure is compared and put right. The
// face is checked and replaced; where it is not clear whose it is, somebody looks and decides.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { dialog, fill, logIn, openPage, row, told } from "./support/clerk.mjs";
import { facePhoto, models, photographedCard, photoOfNobody } from "./support/pictures.mjs";
import { stories } from "./support/stories.mjs";

const binjiang = { entrance: "项目登录", account: "binjiang", password: "Ming-ce-2026" };
const jiangmen = { entrance: "监管登录", account: "jiangmen", password: "Ming-ce-2026" };
// Its name has a character that the network has never seen.
const RARE = 372;

const jpeg = (name, buffer) => ({ name, mimeType: "image/jpeg", buffer });
const value = (form, label) => form.getByLabel(label, { exact: true }).inputValue();

async function register(page, card) {
  await openPage(page, "人员库");
  await page.getByRole("button", { name: "登记人员" }).click();
  const form = dialog(page, "登记人员");
  await form.getByLabel("身份证人像面", { exact: true }).setInputFiles([card.front, card.back]);
  await form.getByAltText("身份证人像面").waitFor({ timeout: 60_000 });
  await form.getByAltText("身份证国徽面").waitFor({ timeout: 60_000 });
  return form;
}

stories(
  "pictures",
  (stage) => {
    test("the networks are there", () => {
      assert.ok(existsSync(join(models, "index.json")), `no networks in ${models}: run \`mingce models fetch\``);
    });

    test("a photographed card fills the form, and what is not sure is put right", () =>
      stage.visit("card", async ({ page, picture }) => {
        const card = await photographedCard(RARE);
        await logIn(page, stage.program.url, binjiang);
        const form = await register(page, card);
        assert.equal(await value(form, "身份证号码"), card.id_number);
        assert.equal(await value(form, "有效期自"), card.valid_from);
        assert.ok((await value(form, "签发机关")).endsWith("局"));
        await form.getByAltText("证件照").waitFor();
        await picture("filled");

        // A name with such a character never goes through unseen.
        const name = form.locator(".el-form-item", { has: page.getByLabel("姓名", { exact: true }) });
        await name.getByAltText("身份证上的这一处").waitFor();
        assert.notEqual(await value(form, "姓名"), card.name);
        await form.getByRole("button", { name: "保存" }).click();
        await name.getByText("请对照图片核对").first().waitFor();
        await picture("marked");
        await fill(form, { 姓名: card.name });
        await name.getByText("已更正").waitFor();
        for (const right of await form.getByRole("button", { name: "无误", exact: true }).all()) await right.click();

        await form.getByLabel("本人照片", { exact: true }).setInputFiles(jpeg("wall.jpg", await photoOfNobody(page)));
        await form.getByText("照片中没有找到人脸，请正对镜头重新拍摄").waitFor();
        await picture("refused");
        await form.getByLabel("本人照片", { exact: true }).setInputFiles(jpeg("me.jpg", await facePhoto(page)));
        await form.getByText("照片可用").waitFor({ timeout: 30_000 });
        await form.getByRole("button", { name: "保存" }).click();
        await told(page, "已登记");
        await row(page, card.name).waitFor();
        await card.remove();

        await row(page, card.name).getByRole("link", { name: "详情" }).click();
        await page.getByRole("tab", { name: "人脸照片" }).click();
        await page.getByText("第 1 版，平台上传").waitFor();
        await picture("pictures");
        await page.getByRole("button", { name: "更换照片" }).click();
        const change = page.getByRole("dialog", { name: /^更换照片/ });
        const darker = await facePhoto(page, { filter: "brightness(0.88)", mirrored: true });
        await change.getByLabel("新照片", { exact: true }).setInputFiles(jpeg("later.jpg", darker));
        await change.getByText("照片可用").waitFor({ timeout: 30_000 });
        await change.getByRole("button", { name: "更换", exact: true }).click();
        await told(page, "照片已更换");
        await page.getByText("第 2 版，平台上传").waitFor();
        await page.getByText("人脸照片 第 1 版").waitFor();
        await picture("replaced");
      }));

    test("somebody looks at two faces and decides", () =>
      stage.visit("comparison", async ({ page, picture }) => {
        await logIn(page, stage.program.url, jiangmen);
        await openPage(page, "人脸比对待核");
        await page.getByRole("tab", { name: "疑似重复人员" }).click();
        const first = page.locator(".el-table__body tr").first();
        await first.getByRole("button", { name: "核对" }).click();
        const drawer = dialog(page, "人脸核对");
        await drawer.getByText("后登记的人员").waitFor();
        await picture("side-by-side");
        await drawer.getByRole("button", { name: "保存结论" }).click();
        await drawer.getByText("请选择核对结论").waitFor();
        await drawer.getByText("不是同一人", { exact: true }).click();
        await drawer.getByRole("button", { name: "双胞胎或兄弟姐妹" }).click();
        await drawer.getByRole("button", { name: "保存结论" }).click();
        await told(page, "已记录核对结论");

        await page.getByRole("tab", { name: "已核对" }).click();
        await row(page, "江门市住建局").first().waitFor();
        await row(page, "不是同一人").first().getByRole("button", { name: "查看" }).click();
        await drawer.getByText("双胞胎或兄弟姐妹").waitFor();
        await picture("decided");
        await page.keyboard.press("Escape");
        await page.getByRole("link", { name: "阈值参考" }).click();
        await page.locator("canvas").first().waitFor();
        await picture("figures");
      }));

    test("a refused picture leaves the form as it was", () =>
      stage.visit("no-card", async ({ page, allow }) => {
        // The browser's own line about the refusal.
        allow(/status of 422/);
        await logIn(page, stage.program.url, binjiang);
        await openPage(page, "人员库");
        await page.getByRole("button", { name: "登记人员" }).click();
        const form = dialog(page, "登记人员");
        await form.getByLabel("身份证人像面", { exact: true }).setInputFiles(jpeg("wall.jpg", await photoOfNobody(page)));
        await form.getByText("图片中没有找到身份证").waitFor({ timeout: 60_000 });
        await form.getByRole("button", { name: "不识别，仅作为附件上传" }).click();
        await form.getByAltText("身份证人像面").waitFor();
        assert.equal(await value(form, "姓名"), "");
      }));
  },
  { on: ["embedded"], environment: { MINGCE__VISION__FOLDER: models } },
);

stories(
  "no networks",
  (stage) => {
    test("without networks the form says so, and everything can be typed", () =>
      stage.visit("typed", async ({ page, picture }) => {
        await logIn(page, stage.program.url, binjiang);
        await openPage(page, "人员库");
        await page.getByRole("button", { name: "登记人员" }).click();
        const form = dialog(page, "登记人员");
        await form.getByText("本系统未安装图片识别模型").first().waitFor();
        await form.getByLabel("本人照片", { exact: true }).setInputFiles(jpeg("me.jpg", await facePhoto(page)));
        await form.getByText("照片已上传").waitFor();
        await fill(form, { 身份证号码: "999001199001010010", 姓名: "王建国" });
        await picture("typed");
      }));
  },
  { on: ["embedded"], environment: { MINGCE__VISION__FOLDER: "/nonexistent" } },
);
