// Beside the phone: what WeChat sent, and what can be made to go wrong.

import { byId, doing, el, get, patch, post, put, redraw, timeOf, toast } from "/wechat/server.js";
import { goHome, me, path, reload, world } from "/wechat/main.js";

const PATHS = [
  ["*", "所有接口"],
  ["/sns/jscode2session", "小程序登录"],
  ["/sns/oauth2/access_token", "网页登录"],
  ["/cgi-bin/stable_token", "获取 access_token"],
  ["/wxa/business/getuserphonenumber", "手机号"],
  ["/wxa/getwxacodeunlimit", "小程序码"],
  ["/cgi-bin/qrcode/create", "带参数二维码"],
  ["/cgi-bin/message/subscribe/send", "订阅消息"],
  ["/cgi-bin/message/template/send", "模板消息"],
];

const FAULTS = [
  ["系统繁忙 -1", { kind: "errcode", code: -1, message: "system error" }],
  ["令牌失效 40001", { kind: "errcode", code: 40001, message: "invalid credential" }],
  ["调用太频繁 45011", { kind: "errcode", code: 45011, message: "api minute-quota reach limit" }],
  ["当日次数用完 45009", { kind: "errcode", code: 45009, message: "reach max api daily quota limit" }],
  ["服务器地址不在白名单 40164", { kind: "errcode", code: 40164, message: "invalid ip, not in whitelist" }],
  ["很慢（10 秒）", { kind: "slow", milliseconds: 10000 }],
  ["返回网页而不是 JSON", { kind: "html" }],
  ["HTTP 502", { kind: "status", status: 502 }],
  ["残缺的 JSON", { kind: "garbage" }],
  ["连接中断", { kind: "cut" }],
];

const TWISTS = [
  ["一切正常", {}],
  ["每条多推两次", { duplicates: 2 }],
  ["签名错误", { bad_signature: true }],
  ["十分钟前的签名", { age_seconds: 600 }],
  ["别的应用的密文", { other_appid: true }],
  ["不加密", { unsealed: true }],
];

const PERSON = [
  ["snapshot", "以快照页打开（虚拟账号）"],
  ["blocks", "拒收模板消息"],
  ["risky", "被微信风控"],
];

const select = (id, options, label) =>
  el("select", { id, "aria-label": label }, ...options.map(([text], at) => el("option", { value: String(at) }, text)));

export function renderKnobs() {
  byId("knobs").replaceChildren(
    el("h2", {}, "手机主人的状态"),
    el("div", { id: "person-state", class: "checks" }),
    el("h2", {}, "让微信出错"),
    el("form", { class: "grid", onsubmit: doing(addFault) },
      el("label", {}, "接口", select("fault-path", PATHS.map(([value, text]) => [text, value]), "接口")),
      el("label", {}, "怎么错", select("fault-kind", FAULTS, "怎么错")),
      el("label", {}, "次数", el("input", { id: "fault-times", type: "number", min: "1", max: "1000", value: "1" })),
      el("button", {}, "设置"),
    ),
    el("ul", { id: "faults" }),
    el("div", { class: "row wrap" },
      el("button", { onclick: doing(() => tell("/tokens/expire", "所有令牌已过期")) }, "令牌全部过期"),
      el("button", { onclick: doing(() => tell("/tokens/revoke", "所有令牌已作废")) }, "令牌全部作废"),
      el("button", { onclick: doing(ahead) }, "时钟快进 5 分钟"),
    ),
    el("h2", {}, "消息推送"),
    el("p", { class: "hint", id: "callback" }),
    el("div", { class: "row wrap" }, el("button", { onclick: doing(() => tell("/callbacks/account/verify", "推送地址验证通过")) }, "验证推送地址")),
    el("label", { class: "line" }, "推送方式", twistSelect()),
    el("table", {}, el("thead", {}, el("tr", {}, ...["时间", "内容", "第几次", "结果", "用时"].map((text) => el("th", {}, text)))), el("tbody", { id: "attempts" })),
  );
}

function twistSelect() {
  const list = select("twist", TWISTS, "推送方式");
  const now = TWISTS.findIndex(([, twist]) => Object.keys(twist).length > 0 && Object.entries(twist).every(([name, value]) => world.state.twist[name] === value));
  list.value = String(Math.max(now, 0));
  list.addEventListener("change", doing(() => put("/twist", TWISTS[Number(list.value)][1])));
  return list;
}

async function addFault() {
  const value = (id) => Number(byId(id).value);
  const fault = { path: PATHS[value("fault-path")][0], times: value("fault-times"), ...FAULTS[value("fault-kind")][1] };
  await put("/faults", [...world.state.faults, fault]);
  await reload();
}

async function tell(where, text) {
  await post(where);
  toast(text);
}

async function ahead() {
  await post("/clock/advance", { seconds: 300 });
  await reload();
  toast("时钟已快进 5 分钟");
}

const pathName = (path) => PATHS.find(([value]) => value === path)?.[1] ?? path;

function faultName(fault) {
  if (fault.kind === "errcode") return `返回 ${fault.code}`;
  const same = FAULTS.find(([, { kind }]) => kind === fault.kind);
  return same ? same[0] : fault.kind;
}

const ABOUT = {
  subscribe: "关注",
  unsubscribe: "取消关注",
  SCAN: "扫码（已关注）",
  CLICK: "点击菜单",
  VIEW: "菜单打开网页",
  view_miniprogram: "菜单打开小程序",
  scancode_push: "菜单扫码",
  scancode_waitmsg: "菜单扫码并等待",
  LOCATION: "上报位置",
  TEMPLATESENDJOBFINISH: "模板消息结果",
  wxa_media_check: "内容检查结果",
  text: "文字消息",
};

const OUTCOMES = { taken: "已接收", replied: "已回复", refused: "被拒绝", timeout: "超时", unreachable: "连不上" };

export async function refreshKnobs() {
  const { faults, account } = world.state;
  const boxes = PERSON.map(([name, text]) => {
    const box = el("input", { type: "checkbox", checked: me()[name] });
    box.addEventListener("change", doing(async () => {
      await patch(path(""), { [name]: box.checked });
      await reload();
    }));
    return el("label", {}, box, text);
  });
  const leave = doing(async () => {
    await post(path("/unfollow"));
    await reload();
    goHome();
  });
  const row = me().following ? [el("div", { class: "row" }, el("button", { onclick: leave }, "取消关注公众号"))] : [];
  redraw("person-state", [...boxes, ...row]);
  const drop = (at) => doing(async () => {
    await put("/faults", faults.filter((_, other) => other !== at));
    await reload();
  });
  redraw("faults", faults.map((fault, at) =>
    el("li", {}, `${pathName(fault.path)}：${faultName(fault)}，还有 ${fault.times} 次`, el("button", { "aria-label": "取消", onclick: drop(at) }, "✕")),
  ));
  byId("callback").textContent = account.callback
    ? `公众号推送到 ${account.callback}（${account.sealed ? "安全模式" : "明文模式"}）`
    : "公众号没有设置推送地址。";
  await refreshAttempts();
}

async function refreshAttempts() {
  const { items } = await get("/attempts");
  const row = ({ at, about, number, outcome, milliseconds, status }) =>
    el("tr", { class: outcome }, ...[timeOf(at), ABOUT[about] ?? about, number === 0 ? "重复" : String(number), `${OUTCOMES[outcome]}${status && status !== 200 ? ` ${status}` : ""}`, `${milliseconds} ms`].map((text) => el("td", {}, text)));
  const rows = items.slice(-12).reverse().map(row);
  redraw("attempts", rows.length ? rows : [el("tr", {}, el("td", { colspan: "5", class: "hint" }, "还没有推送"))]);
}
