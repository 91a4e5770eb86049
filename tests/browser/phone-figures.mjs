// phone-figures.mjs: lines of README's table. What a phone waits at Chromium's Fast 3G, and what a registration with made-up
// pictures takes a hand that does not hesitate.
import { launch } from "./support/browser.mjs";
import { jpeg, onPhone, PHONE, photograph, projectCode, taps } from "./support/phone.mjs";
import { facePhoto, models, photographedCard, portrait } from "./support/pictures.mjs";
import { setups, startProgram } from "./support/program.mjs";
import { begin, checkCard, CODE_PAGE, giveNumber, sayJob, slowNetwork, submit, takeFace } from "./support/registration.mjs";
import { phoneOf } from "./support/wechat.mjs";

const ROUNDS = 5;
const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(2)} s`;
const line = (what, on, ours, limit, passes) => console.log(`| ${what} | ${on} | ${ours} | – | ${ours} | ${limit} | ${passes} |`);

const program = await startProgram(setups.embedded, { MINGCE__VISION__FOLDER: models });
const browser = await launch();
try {
  const code = await projectCode(program.url);
  await waiting(code);
  await registering(code);
} finally {
  await browser.close();
  await program.stop();
}

// In a browser that has nothing yet.
async function opened() {
  const context = await browser.newContext({ locale: "zh-CN", ...PHONE });
  return context.newPage();
}

async function waiting(code) {
  const somebody = await phoneOf(program.url, "chen");
  const firsts = [];
  const wholes = [];
  for (let round = 0; round < ROUNDS; round++) {
    const page = await opened();
    await onPhone(page, somebody);
    await slowNetwork(page);
    const from = Date.now();
    await page.goto(CODE_PAGE(program.url, code), { waitUntil: "commit" });
    await page.getByRole("button", { name: "开始登记" }).waitFor();
    wholes.push(Date.now() - from);
    firsts.push(await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0].startTime));
    await page.context().close();
  }
  line("the code's page, first content", "Fast 3G", seconds(median(firsts)), "≤ 1.5 s", median(firsts) <= 1500 ? "PASS" : "MISS");
  line("the code's page, 【开始登记】 can be tapped", "Fast 3G", seconds(median(wholes)), "–", "–");
}

async function registering(code) {
  const { url } = program;
  const page = await opened();
  const worker = await phoneOf(url, "wang");
  await onPhone(page, worker);
  const card = await photographedCard(77, await portrait(page));
  const face = jpeg("me.jpg", await facePhoto(page));
  const tapped = await taps(page);
  const from = Date.now();
  await begin(page, url, code);
  await photograph(page, card.front);
  await page.waitForURL(/join\/back/, { timeout: 60_000 });
  await photograph(page, card.back);
  await checkCard(page, card);
  await takeFace(page, face);
  await giveNumber(page, url, worker.number);
  await sayJob(page);
  await submit(page);
  line("from the scanned code to 已提交, without the hand's own time", "SQLite", seconds(Date.now() - from), "–", "–");
  line("from the scanned code to 已提交, taps", "SQLite", await tapped(), "–", "–");
  await card.remove();
}
