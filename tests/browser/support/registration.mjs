// A worker's registration, step by step, as a hand does it that does not hesitate.
import { photograph, smsCode, tap } from "./phone.mjs";

export const CODE_PAGE = (url, code) => `${url}/m/#/pages/join/index?scene=${code}`;
// Fast 3G, as Chromium's own tools have it.
const FAST_3G = { offline: false, downloadThroughput: (1.6e6 / 8) * 0.9, uploadThroughput: (750e3 / 8) * 0.9, latency: 562 };

export async function begin(page, url, code) {
  await page.goto(CODE_PAGE(url, code));
  await tap(page, "开始登记");
  await tap(page, "我同意");
  await page.waitForURL(/join\/front/);
}

// What is not sure is put right, and the rest is said to be so.
export async function checkCard(page, card) {
  await page.waitForURL(/join\/check/);
  for (let asked = 0; asked < 8; asked++) {
    await page.getByText(/和身份证上一样吗|这里没有看清|看一看对不对/).first().waitFor();
    if (await page.getByText("看一看对不对").isVisible()) break;
    const same = page.getByRole("button", { name: "一样", exact: true });
    if (await same.isVisible()) await same.click();
    else {
      await tap(page, "不一样，我来改");
      await page.getByRole("dialog").locator("input").fill(card.address ?? card.name);
      await tap(page, "好了");
    }
  }
  await tap(page, "都对，下一步");
}

export async function sayJob(page) {
  await page.waitForURL(/join\/crew/);
  await page.locator(".crew").first().click();
  await page.waitForURL(/join\/job/);
  const right = page.getByRole("button", { name: "是的", exact: true });
  const first = page.locator(".choice").first();
  await right.or(first).first().click();
  await page.waitForURL(/join\/pay/);
  await page.getByRole("button", { name: /按天算/ }).click();
  // Without one the region lets nobody through the gate.
  await page.getByRole("button", { name: /填工资卡/ }).click();
  await page.locator(".card input").fill("6228480000000000018");
  await page.getByRole("button", { name: "点这里选" }).click();
  await page.getByText("中国农业银行").click();
  await tap(page, "下一步");
}

export async function giveNumber(page, url, number) {
  await page.waitForURL(/join\/phone/);
  await page.locator("input").first().fill(number);
  await page.getByRole("button", { name: "发短信给我" }).click();
  await page.locator("input").nth(1).fill(await smsCode(url, number));
  await tap(page, "下一步");
}

export async function takeFace(page, face) {
  await page.waitForURL(/join\/face/);
  await photograph(page, face);
}

export async function submit(page) {
  await page.waitForURL(/join\/submit/);
  await tap(page, "提交");
  await page.getByText("已提交", { exact: true }).waitFor({ timeout: 30_000 });
}

export async function slowNetwork(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", FAST_3G);
}
