// The guard itself: what it must catch, on pages made for it.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { connect } from "node:net";
import { after, before, describe, test } from "node:test";
import { launch, withPage } from "./support/browser.mjs";
import { startMailbox } from "./support/mailbox.mjs";

describe("the harness", () => {
  let browser, server, url;

  before(async () => {
    server = createServer((request, response) => {
      const script = decodeURIComponent(request.url.slice(1));
      response.setHeader("content-type", "text/html; charset=utf-8");
      response.end(`<!doctype html><link rel="icon" href="data:,"><h1>名册</h1><script>${script}</script>`);
    });
    await new Promise((done) => server.listen(0, "127.0.0.1", done));
    url = `http://127.0.0.1:${server.address().port}`;
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    server.close();
  });

  const visit = (script, prepare = () => {}) =>
    withPage(browser, "harness", async ({ page, allow }) => {
      prepare(allow);
      await page.goto(`${url}/${encodeURIComponent(script)}`);
      assert.equal(await page.locator("h1").innerText(), "名册");
      await page.evaluate(() => new Promise((done) => setTimeout(done, 50)));
    });

  test("lets a quiet page pass", () => visit(""));
  test("catches a console error", () => assert.rejects(visit("console.error('坏了')"), /坏了/));
  test("catches an uncaught exception", () => assert.rejects(visit("throw new Error('炸了')"), /炸了/));
  test("catches a rejected promise", () => assert.rejects(visit("Promise.reject(new Error('悔了'))"), /悔了/));
  test("catches a request to another machine", () =>
    assert.rejects(visit("fetch('https://fonts.example/x').catch(()=>{})"), /leaves the machine: https:\/\/fonts/));
  test("lets an expected complaint pass", () => visit("console.error('预料之中')", (allow) => allow(/预料/)));
});

test("the mailbox keeps a mail and decodes it", async () => {
  const mailbox = await startMailbox();
  const socket = connect(mailbox.port, "127.0.0.1");
  const subject = Buffer.from("审核结果").toString("base64");
  const body = Buffer.from("项目申报未通过").toString("base64");
  socket.write("EHLO me\r\nMAIL FROM:<a@x>\r\nRCPT TO:<b@x>\r\nDATA\r\n");
  socket.write(`Subject: =?utf-8?b?${subject}?=\r\nContent-Transfer-Encoding: base64\r\n\r\n${body}\r\n.\r\nQUIT\r\n`);
  const mail = await mailbox.received("b@x", "未通过");
  assert.equal(mail.subject, "审核结果");
  assert.deepEqual(mail.to, ["b@x"]);
  socket.destroy();
  await mailbox.close();
});
