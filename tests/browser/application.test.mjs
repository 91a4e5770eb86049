// A project comes onto the platform: applied for without login, approved, and its people log in with what they were given.
import assert from "node:assert/strict";
import { test } from "node:test";
import { answerCaptcha, choose, dialog, fill, logIn, logOut, openPage, row, setDate, watchCaptchas } from "./support/clerk.mjs";
import { stories } from "./support/stories.mjs";

const NAME = "白石大道综合体二期";
const PHONE = "15400001234";
const PDF = "%PDF-1.7\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n";
const BUILDER = ["江门市滨江开发有限公司", "91440700MA4W1A2B37"];
const CONTRACTOR = ["江门市第一建设有限公司", "91440700MA4W1A2C4B"];

stories("a project's way onto the platform", (stage) => {
  async function chooseRegion(page, ...names) {
    await page.locator(".el-form-item", { hasText: "所属区域" }).locator(".el-cascader").click();
    for (const name of names) await page.locator(".el-cascader-node:visible", { hasText: name }).first().click();
    await page.keyboard.press("Escape");
  }

  async function fillParty(page, kind, [name, code]) {
    await page.getByLabel(`${kind}名称`, { exact: true }).fill(name);
    await page.getByLabel(`${kind}统一社会信用代码`, { exact: true }).fill(code);
  }

  async function apply(page, picture) {
    watchCaptchas(page);
    await page.goto(`${stage.program.url}/apply`);
    await fill(page, { 项目名称: NAME, 项目联系人: "陈志强", 联系电话: "0750-3123456", 详细地址: "江门市蓬江区白石大道 8 号" });
    await choose(page, "项目类别", "房屋建筑工程");
    await choose(page, "投资性质", "社会投资");
    await chooseRegion(page, "广东省", "江门市", "蓬江区");
    await page.getByPlaceholder("如 113.081901").fill("113.0819");
    await page.getByPlaceholder("如 22.578932").fill("22.5789");
    await setDate(page, "开工日期", "2026-10-08");
    await setDate(page, "计划竣工日期", "2029-10-08");
    await fillParty(page, "建设单位", [BUILDER[0], "91440700MA4W1A2B38"]);
    await fillParty(page, "施工单位", CONTRACTOR);
    await fill(page, { 申报人: "王建国", 手机号码: PHONE, 电子邮箱: "wang@example.com" });
    await page.locator("input[type=file]").setInputFiles({ name: "施工许可证.pdf", mimeType: "application/pdf", buffer: Buffer.from(PDF) });
    await answerCaptcha(page);
    // A wrong check digit is said at the parties, and neither the file nor the captcha is asked for again.
    await page.getByRole("button", { name: "提交申报" }).click();
    await page.getByText("建设单位：统一社会信用代码校验不通过").waitFor();
    await fillParty(page, "建设单位", BUILDER);
    await picture("filled");
    await page.getByRole("button", { name: "提交申报" }).click();
    await page.getByRole("heading", { name: "申报已提交" }).waitFor();
    return await page.getByText(/^SB\d{6}-\d{5}$/).innerText();
  }

  test("applied for, approved, logged in", () =>
    stage.visit("application", async ({ page, allow, picture }) => {
      allow(/422/);
      const number = await apply(page, picture);

      await page.getByRole("link", { name: "查询进度" }).click();
      await fill(page, { 申报人手机号: PHONE });
      await page.getByRole("button", { name: "查询", exact: true }).click();
      await page.getByText("等待监管部门审核").waitFor();

      await logIn(page, stage.program.url, { entrance: "监管登录", account: "jiangmen", password: "Ming-ce-2026" });
      await openPage(page, "项目审核");
      await row(page, number).getByRole("button", { name: "审核" }).click();
      await dialog(page, NAME).getByText("施工许可证.pdf").waitFor();
      await picture("review");
      await page.getByRole("button", { name: "通过", exact: true }).click();
      await dialog(page, "通过申报").getByRole("button", { name: "通过", exact: true }).click();
      const issued = dialog(page, "项目账号");
      await issued.getByText("初始密码", { exact: true }).waitFor();
      const [login, password] = await issued.locator("dd").allInnerTexts();
      await issued.getByRole("button", { name: "我已保存，关闭" }).click();
      const mail = await stage.program.mailbox.received("wang@example.com", "已通过");
      assert.ok(mail.text.includes(login) && !mail.text.includes(password));
      await openPage(page, "项目库");
      await row(page, NAME).getByText(login).waitFor();
      await logOut(page);

      await logIn(page, stage.program.url, { entrance: "项目登录", account: login, password });
      await fill(page, { 当前密码: password, 新密码: "Bai-shi-2026!", 再输一次新密码: "Bai-shi-2026!" });
      await page.getByRole("button", { name: "设置并进入平台" }).click();
      await page.getByRole("heading", { name: NAME }).first().waitFor();
      await picture("overview");
    }));

  test("anybody can look a project up, and sees no person", () =>
    stage.visit("lookup", async ({ page, picture }) => {
      await page.goto(`${stage.program.url}/lookup`);
      await page.getByLabel("项目", { exact: true }).fill("滨江花园");
      await page.getByRole("button", { name: "查询", exact: true }).click();
      const card = page.getByRole("article").first();
      await card.getByText("项目经理").waitFor();
      await picture("found");
      assert.match(await card.innerText(), /.\*/, "names are masked");
    }));
});
