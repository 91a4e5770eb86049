// Ways through the registry that cross pages: figures that lead to rows, people who were collected, whole numbers of
// somebody who has left, two people who change one rule, and a vendor who gets an account.
import assert from "node:assert/strict";
import { test } from "node:test";
import { login } from "./support/accounts.mjs";
import { choose, confirm, dialog, fill, logIn, logOut, openPage, row, told } from "./support/clerk.mjs";
import { creditCode, people } from "./support/people.mjs";
import { stories } from "./support/stories.mjs";

const password = "Ming-ce-2026";
const project = { entrance: "项目登录", account: "binjiang", password };
const regulator = { entrance: "监管登录", account: "jiangmen", password };
const [collected, stranger, passing] = people(3, 900);

stories("the registry", (stage) => {
  const url = () => stage.program.url;

  // Calls the API as an account of the demo.
  async function as(account) {
    const { headers } = await login(url(), { login: account, password });
    return async (method, path, body, more = {}) => {
      const answer = await fetch(`${url()}/api/v1${path}`, {
        method,
        headers: { ...headers, ...more, "content-type": "application/json" },
        body: body && JSON.stringify(body),
      });
      const text = await answer.text();
      assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text}`);
      return text && JSON.parse(text);
    };
  }

  const projectOf = async (call) => (await call("GET", "/session")).projects[0].id;
  const collect = (call, id, { idNumber, name, phone }) =>
    call("POST", `/projects/${id}/collected-people`, { people: [{ id_number: idNumber, name, phone, ethnic: "汉族" }] });

  // Somebody whom another project brought onto the platform.
  async function collectElsewhere(person) {
    const call = await as("xuexiao");
    await collect(call, await projectOf(call), person);
  }

  async function crewOf(call, id) {
    const { items } = await call("GET", `/projects/${id}/crews?group=made&presence=on_site`);
    return items[0];
  }

  const total = (page) => page.locator(".el-pagination .total").innerText();

  async function enter(form, crew) {
    await choose(form, "参建单位", crew.company_name);
    await choose(form, "班组", crew.name);
    await form.getByRole("button", { name: "1 人进场" }).click();
  }

  test("a figure of the workbench leads to exactly its rows", () =>
    stage.visit("figures", async ({ page, picture }) => {
      await logIn(page, url(), project);
      for (const words of [/管理人员\s*\d/, /\d 名务工人员未登记工资卡/, /\d 名在场人员尚未上传省厅/]) {
        await page.getByRole("navigation").getByRole("link", { name: "工作台", exact: true }).click();
        const figure = page.locator("main a").filter({ hasText: words }).first();
        const count = /\d+/.exec(await figure.innerText())[0];
        await figure.click();
        await page.getByRole("heading", { name: "项目花名册" }).waitFor();
        assert.equal(await total(page), `共 ${count} 条`, `${words}`);
      }
      await picture("not-uploaded");
      await openPage(page, "项目班组管理");
      const people = page.locator(".el-table__body a").first();
      const heads = /\d+/.exec(await people.innerText())[0];
      await people.click();
      await page.getByRole("heading", { name: "项目花名册" }).waitFor();
      assert.equal(await total(page), `共 ${heads} 条`);
    }));

  test("who was collected enters from the list; a stranger by number and name", () =>
    stage.visit("collected", async ({ page, picture }) => {
      const call = await as("binjiang");
      const id = await projectOf(call);
      const crew = await crewOf(call, id);
      await collect(call, id, collected);
      await collectElsewhere(stranger);

      await logIn(page, url(), project);
      await openPage(page, "已采集人员");
      await row(page, collected.name).getByRole("button", { name: "进场" }).click();
      const form = dialog(page, "人员进场");
      await form.getByText("已选 1 人").waitFor();
      await picture("chosen");
      await enter(form, crew);
      await told(page, "1 人已进场");
      await page.getByText("没有待进场的已采集人员").waitFor();

      await openPage(page, "项目花名册");
      await page.getByRole("button", { name: "人员进场" }).last().click();
      await form.getByLabel("查找人员", { exact: true }).fill(stranger.idNumber);
      await form.getByText("请填写姓名，与身份证一致才能进场").waitFor();
      await form.getByLabel("姓名", { exact: true }).fill(stranger.name);
      await picture("stranger");
      await form.getByRole("button", { name: "选择", exact: true }).click();
      await enter(form, crew);
      await told(page, "1 人已进场");
    }));

  test("the whole number of somebody who has left is shown for a reason", () =>
    stage.visit("unmask", async ({ page, allow, picture }) => {
      allow(/422/);
      await collectElsewhere(passing);
      const call = await as("binjiang");
      const id = await projectOf(call);
      const someone = { id_number: passing.idNumber, name: passing.name };
      const { entered } = await call("POST", `/projects/${id}/entries`, { crew_id: (await crewOf(call, id)).id, people: [someone] });
      const day = new Date().toLocaleDateString("sv-SE", { timeZone: "Asia/Shanghai" });
      await call("POST", `/projects/${id}/exits`, { entry_ids: [entered[0].entry_id], exited_on: day });

      await logIn(page, url(), project);
      await openPage(page, "项目花名册");
      await page.getByRole("tab", { name: "已退场" }).click();
      const first = row(page, passing.name);
      await first.getByRole("button", { name: /查看完整内容/ }).first().click();
      const why = dialog(page, "查看完整信息");
      await why.locator("input").fill("补发工资核对身份");
      await why.getByRole("button", { name: "查看", exact: true }).click();
      await first.getByText(/^\d{17}[\dX]$/).waitFor();
      await picture("shown");
    }));

  test("of two who change a rule at once, the second is told and sees the newer one", () =>
    stage.visit("rule", async ({ page, allow, picture }) => {
      allow(/412/);
      const call = await as("jiangmen");
      await logIn(page, url(), regulator);
      await openPage(page, "地区政策");
      const rule = page.getByRole("listitem").filter({ hasText: "退场可撤销天数" });
      await rule.getByRole("button", { name: "修改" }).click();
      await rule.getByRole("spinbutton").fill("14");
      const { key, revision } = (await call("GET", "/policies?region=440700")).find((one) => one.title === "退场可撤销天数");
      await call("PUT", `/policies/440700/${key}`, { value: 30 }, { "if-match": `"${revision}"` });
      await rule.getByRole("button", { name: "保存" }).click();
      await picture("refused");
      await confirm(page, "已被他人修改，请刷新后再试", "刷新");
      await rule.getByText("30 天").waitFor();
    }));

  test("a vendor is registered, gets an account and logs in with it", () =>
    stage.visit("vendor", async ({ page, picture }) => {
      await logIn(page, url(), regulator);
      await openPage(page, "设备商库");
      await page.getByRole("button", { name: "供应商注册" }).first().click();
      const form = dialog(page, "供应商注册");
      await fill(form, { 服务商编码: "zhgd-01", 设备商名称: "江门市智慧工地科技有限公司", 统一社会信用代码: creditCode(777) });
      await form.getByRole("button", { name: "注册", exact: true }).click();
      await told(page, "设备商已登记");
      await row(page, "智慧工地").getByRole("button", { name: "发账号" }).click();
      await confirm(page, "发账号", "发放");
      const issued = dialog(page, "设备商账号");
      await issued.getByText("初始密码", { exact: true }).waitFor();
      const [account, first] = await issued.locator("dd").allInnerTexts();
      await issued.getByRole("button", { name: "我已保存，关闭" }).click();
      await row(page, "智慧工地").getByText(account).first().waitFor();
      await picture("listed");
      await logOut(page);
      await logIn(page, url(), { entrance: "设备商", account, password: first });
      await page.getByRole("heading", { name: "请先设置新密码" }).waitFor();
    }));
});
