// The page that plays somebody's phone: what a person tries the platform with who has no mini-program of their own.
import { test } from "node:test";
import { projectCode } from "./support/phone.mjs";
import { CODE_PAGE } from "./support/registration.mjs";
import { stories } from "./support/stories.mjs";

stories(
  "wechat",
  (stage) => {
    test("follows the account, is welcomed, and scans the code at the gate", () =>
      stage.visit("wechat", async ({ page, picture }) => {
        const { url } = stage.program;
        const { wechat } = await (await fetch(`${url}/api/v1/phone/settings`)).json();
        await page.goto(`${wechat.stand_in_url}/wechat/`);
        await page.getByRole("radio", { name: /阿不都热合曼/ }).click();
        await page.getByRole("button", { name: /名册实名制/ }).click();
        await page.getByRole("button", { name: "关注公众号" }).click();
        await page.getByText("欢迎使用名册").waitFor();
        await picture("welcomed");

        await page.reload();
        await page.getByRole("radio", { name: /阿不都热合曼/ }).click();
        await page.getByRole("button", { name: "扫一扫" }).click();
        await page.getByLabel("二维码内容").fill(CODE_PAGE(url, await projectCode(url)));
        await page.getByRole("button", { name: "确定" }).click();
        await page.frameLocator("iframe").getByRole("button", { name: "开始登记" }).waitFor();
        await picture("scanned");
      }));
  },
  { on: ["embedded"] },
);
