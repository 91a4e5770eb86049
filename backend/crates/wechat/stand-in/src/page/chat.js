// The list of chats, the account's own page, its chat and its menu.

import { ask, byId, doing, el, face, get, post, timeOf, toast } from "/wechat/server.js";
import { openPage } from "/wechat/browser.js";
import { openScanner } from "/wechat/scanner.js";
import { follow, goHome, me, path, reload, show, world } from "/wechat/main.js";

const chat = { thread: "account", items: [], last: 0, owner: null };
const accountFace = () => el("span", { class: "face brand", "aria-hidden": "true" }, "册");
const bell = () => el("span", { class: "face bell", "aria-hidden": "true" }, "通");

const preview = ({ shown }) =>
  shown.text ?? shown.articles?.[0]?.title ?? shown.lines?.[0]?.[1] ?? (shown.kind === "image" ? "［图片］" : "");

function row(picture, name, words, time, onclick) {
  return el(
    "button",
    { class: "chatrow", onclick },
    picture,
    el("span", { class: "words" }, el("b", {}, name), el("small", {}, words)),
    el("time", {}, time),
  );
}

export function renderHome() {
  const { account, mini_program: mini } = world.state;
  const latest = (thread) => chat.items.filter((item) => item.thread === thread).at(-1);
  const line = (item, otherwise) => (item ? preview(item) : otherwise);
  const time = (item) => (item ? timeOf(item.at) : "");
  const [ours, service] = [latest("account"), latest("service")];
  const rows = [];
  if (me().following) rows.push(row(accountFace(), account.name, line(ours, "公众号"), time(ours), () => openChat("account")));
  if (service) rows.push(row(bell(), "服务通知", line(service, ""), time(service), () => openChat("service")));
  if (!me().following) rows.push(row(accountFace(), account.name, "公众号 · 点此关注", "", () => renderProfile()));
  byId("home").replaceChildren(
    ...rows,
    el("h3", {}, "小程序"),
    el(
      "button",
      { class: "mini", onclick: doing(() => openMini("")) },
      el("span", { class: "face brand round", "aria-hidden": "true" }, "册"),
      el("small", {}, mini.name),
    ),
    el("p", { class: "faint" }, "把二维码图片拖到手机上，或截图后直接粘贴，都可以扫描。"),
  );
}

// The mini-program as it opens from the list: by its home page.
async function openMini(page) {
  const home = world.state.published[0] ?? page;
  await openPage(pageUrl(home), world.state.mini_program.name);
}

const pageUrl = (page) => world.state.page_url.replace("{page}", page).replace("{query}", "").replace(/\?$/, "");

export function renderProfile(ticket) {
  const { account } = world.state;
  const button = doing(async () => {
    await post(path("/follow"), ticket ? { ticket } : {});
    await reload();
    goHome();
    await openChat("account");
  });
  byId("profile").replaceChildren(
    el("div", { class: "about" }, accountFace(), el("h3", {}, account.name), el("p", {}, "建筑工人实名制登记与考勤服务")),
    el("button", { class: "wide green", id: "follow", onclick: button }, "关注公众号"),
  );
  show("profile", "");
}

export async function openChat(thread) {
  chat.thread = thread;
  renderFoot();
  show("chat", thread === "account" ? world.state.account.name : "服务通知");
  await refreshChat();
  renderItems();
}

// Nobody sees the chats of whoever held the phone before.
export function forgetChats() {
  Object.assign(chat, { owner: world.me, items: [], last: 0 });
}

// Gets what is new; draws only if there is something.
export async function refreshChat() {
  const owner = chat.owner;
  const { items } = await get(path(`/chat?after=${chat.last}`));
  if (owner !== world.me || items.length === 0) return;
  chat.items.push(...items);
  chat.last = items.at(-1).id;
  const screen = byId("phone").dataset.screen;
  if (screen === "chat") renderItems();
  if (screen === "home") renderHome();
}

function renderItems() {
  const shown = chat.items.filter((item) => item.thread === chat.thread);
  const list = [];
  shown.forEach((item, at) => {
    const pause = at === 0 || item.at - shown[at - 1].at > 300;
    if (pause) list.push(el("li", { class: "when" }, timeOf(item.at)));
    list.push(bubble(item));
  });
  if (list.length === 0) list.push(el("li", { class: "when" }, "还没有消息"));
  byId("items").replaceChildren(...list);
  byId("items").scrollTop = byId("items").scrollHeight;
}

function bubble({ side, shown }) {
  if (side === "notice") return el("li", { class: "when" }, shown.text);
  const picture = side === "me" ? face(world.me) : accountFace();
  return el("li", { class: `item ${side} ${shown.kind}` }, picture, content(shown));
}

function content(shown) {
  const opens = (url) => (url ? doing(() => openPage(url)) : undefined);
  switch (shown.kind) {
    case "news":
      return el("div", { class: "news" }, ...shown.articles.map((article) =>
        el("button", { onclick: opens(article.url) }, el("b", {}, article.title), el("small", {}, article.description)),
      ));
    case "card": {
      const lines = shown.lines.map(([key, value]) => el("div", { title: key }, value));
      const more = shown.url ? el("button", { onclick: opens(shown.url) }, "查看详情", el("span", {}, "›")) : undefined;
      return el("div", { class: "bubble template" }, ...lines, more);
    }
    case "image":
      return el("div", { class: "bubble" }, "［图片］");
    default:
      return el("div", { class: "bubble" }, ...linked(shown.text));
  }
}

// Addresses in a text can be tapped.
function linked(text) {
  return text.split(/(https?:\/\/[^\s<>"，。；]+)/).map((piece, at) =>
    at % 2 === 0 ? piece : el("a", { href: piece, onclick: doing(() => openPage(piece)) }, piece),
  );
}

let keyboard = false;

function renderFoot() {
  const foot = byId("foot");
  const buttons = world.state.menu?.button ?? [];
  foot.hidden = chat.thread !== "account";
  const swap = el("button", { class: "swap", "aria-label": keyboard ? "显示菜单" : "输入文字", onclick: () => {
    keyboard = !keyboard;
    renderFoot();
  } }, keyboard ? "☰" : "⌨");
  if (keyboard || buttons.length === 0) {
    const input = el("input", { name: "text", "aria-label": "消息", autocomplete: "off", maxlength: "600" });
    const send = doing(async () => {
      const text = input.value.trim();
      if (!text) return;
      await post(path("/say"), { text });
      input.value = "";
      await refreshChat();
    });
    const form = el("form", { onsubmit: send }, input, el("button", { class: "green" }, "发送"));
    foot.replaceChildren(...(buttons.length ? [swap] : []), form);
  } else {
    foot.replaceChildren(swap, ...buttons.map((entry, at) => top(entry, at)));
  }
}

function top(entry, at) {
  const below = entry.sub_button ?? [];
  const tapped = doing(async () => {
    if (below.length === 0) return tap([at]);
    const choices = below.map((button, index) => [button.name, index, "plain"]);
    const chosen = await ask([el("h3", {}, entry.name)], choices);
    if (chosen !== undefined) await tap([at, chosen]);
  });
  return el("button", { class: "menu", onclick: tapped }, below.length ? "≡ " : "", entry.name);
}

async function tap(where, scanned) {
  const next = await post(path("/menu"), { path: where, scanned });
  if (next.scan) return openScanner((content) => tap(where, content));
  if (next.open) return openPage(next.open, next.title);
  if (next.scanned !== undefined) {
    await openChat("account");
    if (next.waits) return toast("正在等待公众号回复");
    return follow(await post(path("/scan"), { content: next.scanned }));
  }
  await refreshChat();
}
