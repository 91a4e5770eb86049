// Who holds the phone, and which screen is on it.

import { Failure, byId, doing, el, face, get, post, redraw, toast } from "/wechat/server.js";
import { closeFrame, openPage, reloadFrame } from "/wechat/browser.js";
import { forgetChats, openChat, refreshChat, renderHome, renderProfile } from "/wechat/chat.js";
import { openScanner, stopCamera, watchPictures } from "/wechat/scanner.js";
import { renderKnobs, refreshKnobs } from "/wechat/knobs.js";

export const world = { state: null, me: null };
const trail = [];

export const me = () => world.state.people.find((person) => person.id === world.me);
export const path = (rest) => `/people/${encodeURIComponent(world.me)}${rest}`;

// Shows a screen, and remembers it for the back button.
export function show(screen, title, { subtitle = "", keep = true } = {}) {
  if (keep) trail.push({ screen, title, subtitle });
  stopCamera();
  for (const section of document.querySelectorAll(".screen")) section.hidden = section.id !== screen;
  const phone = byId("phone");
  phone.dataset.screen = screen;
  byId("title").textContent = title;
  byId("subtitle").textContent = subtitle;
  byId("back").hidden = trail.length < 2 || screen === "browser";
  byId("capsule").hidden = screen !== "browser";
  byId("scan").hidden = screen !== "home";
}

export function goBack() {
  if (trail.length > 1) trail.pop();
  const { screen, title, subtitle } = trail.at(-1);
  show(screen, title, { subtitle, keep: false });
}

export function goHome() {
  trail.length = 0;
  renderHome();
  show("home", "微信");
}

// What the phone does with what it has scanned.
export async function follow(found) {
  switch (found.kind) {
    case "page":
    case "mini_program":
      return openPage(found.url, found.kind === "mini_program" ? world.state.mini_program.name : undefined);
    case "follow":
      return renderProfile(found.ticket);
    case "scanned":
      return openChat("account");
    case "expired":
      return toast("二维码已过期，请刷新后重新扫描");
    default:
      return toast(`扫描结果：${found.content}`);
  }
}

async function refresh() {
  world.state = await get("/state");
  if (!me()) world.me = world.state.people[0].id;
}

export async function reload() {
  await refresh();
  renderPeople();
  refreshKnobs();
}

function choose(id) {
  world.me = id;
  sessionStorage.setItem("person", id);
  // By this the login pages of this WeChat know who holds the phone.
  document.cookie = `wechat_person=${encodeURIComponent(id)}; path=/; SameSite=Lax`;
  closeFrame();
  forgetChats();
  renderPeople();
  refreshKnobs();
  goHome();
  doing(refreshChat)();
}

function renderPeople() {
  const entry = (person) =>
    el(
      "button",
      {
        class: "person",
        role: "radio",
        "aria-checked": String(person.id === world.me),
        "data-person": person.id,
        onclick: () => choose(person.id),
      },
      face(person.id),
      el("span", {}, el("b", {}, person.name), el("small", {}, [person.role, person.phone].filter(Boolean).join(" · "))),
      person.following ? el("em", {}, "已关注") : undefined,
    );
  redraw("people", world.state.people.map(entry));
}

byId("new-person").addEventListener(
  "submit",
  doing(async (event) => {
    const form = event.target;
    const name = form.elements.name.value.trim();
    const number = String(world.state.people.length + 1).padStart(2, "0");
    const created = await post("/people", { id: `person-${number}`, name, role: "新添加", phone: `199000000${number}` });
    form.reset();
    await refresh();
    choose(created.id);
  }),
);

function tick() {
  const now = new Date(Date.now() + (world.state?.ahead ?? 0) * 1000);
  byId("clock").textContent = now.toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false });
}

// Polls while the page is looked at. A WeChat that is away is said once, and found again by itself.
async function poll() {
  try {
    if (!document.hidden) {
      await refresh();
      await refreshChat();
      renderPeople();
      refreshKnobs();
      byId("carrier").textContent = "5G";
    }
  } catch (problem) {
    byId("carrier").textContent = "无服务";
    if (problem instanceof Failure) console.warn(problem.message);
  }
  tick();
  setTimeout(poll, 1000);
}

byId("back").addEventListener("click", goBack);
byId("close").addEventListener("click", () => {
  closeFrame();
  goBack();
});
byId("reload").addEventListener("click", reloadFrame);
byId("scan").addEventListener("click", () => openScanner());

await refresh();
renderKnobs();
watchPictures();
choose(sessionStorage.getItem("person") ?? world.state.people[0].id);
poll();

// What browser tests and the curious use.
window.phone = { choose, openPage, home: goHome };
