// The login page's code, scanned by somebody at the demo's own WeChat and answered on their phone: two windows.
import assert from "node:assert/strict";
import { test } from "node:test";
import { onPhone, PHONE, tap } from "./support/phone.mjs";
import { stories } from "./support/stories.mjs";
import { phoneOf } from "./support/wechat.mjs";

stories("scan-login", (stage) => {
  const url = () => stage.program.url;

  async function openCode(page) {
    await page.goto(`${url()}/login`);
    await page.getByRole("tab", { name: "微信扫码登录" }).click();
    await page.getByAltText("请用微信扫一扫").waitFor();
  }

  const pictureOn = (page) => page.getByAltText("请用微信扫一扫").getAttribute("src");

  // What the phone shows by then, and what its holder does about it.
  const answer = (phone, asked, button, said) =>
    stage.visit(
      `phone-${asked}`,
      async ({ page, picture }) => {
        await onPhone(page, phone);
        await page.goto(`${url()}/m/#/${phone.question()}`);
        await page.getByText(asked).waitFor();
        await picture("asked");
        await tap(page, button);
        await page.getByText(said).waitFor();
      },
      PHONE,
    );

  test("a code is scanned and confirmed, and the screen is logged in", () =>
    stage.visit("confirmed", async ({ page, picture }) => {
      const phone = await phoneOf(url(), "zhou");
      await phone.bind("jiangmen");
      await openCode(page);
      await picture("code");
      const question = await phone.scan(await pictureOn(page));
      assert.equal(question.who.detail, "账号 jiangmen");
      await page.getByText("已扫描").waitFor();
      await picture("scanned");
      await answer(phone, "账号 jiangmen", "确认登录", "已登录，请看电脑");
      await page.getByRole("navigation", { name: "主菜单" }).waitFor();
      await page.getByText("江门市住建局").first().waitFor();
    }));

  test("who may not is told why, and 【不是我】 ends it; another code is a click away", () =>
    stage.visit("refused", async ({ page, picture }) => {
      const stranger = await phoneOf(url(), "wang");
      await openCode(page);
      const question = await stranger.scan(await pictureOn(page));
      assert.equal(question.may, false);
      await page.getByText("没有绑定账号").waitFor();
      await picture("reason");
      await page.getByRole("button", { name: "重新获取二维码" }).click();
      const phone = await phoneOf(url(), "zhao");
      await phone.bind("binjiang");
      await page.getByAltText("请用微信扫一扫").waitFor();
      await phone.scan(await pictureOn(page));
      await answer(phone, "账号 binjiang", "不是我", "没有登录");
      await page.getByText("手机上选择了【不是我】").waitFor();
    }));

  test("the official account's code asks in its chat", () =>
    stage.visit("account", async ({ page, picture }) => {
      const phone = await phoneOf(url(), "chen");
      await phone.bind("xuexiao");
      await openCode(page);
      await page.getByRole("button", { name: "公众号二维码" }).click();
      const code = page.getByAltText("请用微信扫一扫，关注公众号");
      await code.waitFor();
      await picture("code");
      const link = await phone.follow(await code.getAttribute("src"));
      await phone.open(new URL(link).searchParams.get("to").split("scene=")[1]);
      await page.getByText("已扫描").waitFor();
      await answer(phone, "账号 xuexiao", "确认登录", "已登录，请看电脑");
      await page.getByRole("navigation", { name: "主菜单" }).waitFor();
    }));
});
