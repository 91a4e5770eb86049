// The control API, and small helpers that everything uses.

export class Failure extends Error {}

async function call(method, path, body) {
  const raw = body instanceof Blob;
  const answer = await fetch(`/wechat/api${path}`, {
    method,
    body: body === undefined || raw ? body : JSON.stringify(body),
    headers: body === undefined || raw ? {} : { "Content-Type": "application/json" },
  });
  const text = await answer.text();
  let told = null;
  try {
    told = text ? JSON.parse(text) : null;
  } catch {
    // Not JSON: what went wrong is told by the status alone.
  }
  if (!answer.ok) throw new Failure(told?.message ?? `操作失败（${answer.status}）`);
  return told;
}

export const get = (path) => call("GET", path);
export const post = (path, body = {}) => call("POST", path, body);
export const put = (path, body) => call("PUT", path, body);
export const patch = (path, body) => call("PATCH", path, body);

// el("button", { class: "wide", onclick }, "text", child)
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (typeof value === "boolean") element.toggleAttribute(name, value);
    else if (value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== undefined && child !== null));
  return element;
}

export const byId = (id) => document.getElementById(id);

let toastTimer;
export function toast(text) {
  const box = byId("toast");
  box.textContent = text;
  box.hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => (box.hidden = true), 2500);
}

// Runs what a button does, and says so when it does not work.
export function doing(work) {
  return async (event) => {
    event?.preventDefault?.();
    try {
      await work(event);
    } catch (problem) {
      toast(problem instanceof Failure ? problem.message : "模拟微信没有响应，请确认它还在运行。");
      if (!(problem instanceof Failure)) console.error(problem);
    }
  };
}

// Asks from the bottom of the phone; gives the value of the button that was tapped, or nothing.
export function ask(content, buttons) {
  const sheet = byId("sheet");
  return new Promise((resolve) => {
    const finish = (value) => {
      sheet.hidden = true;
      resolve(value);
    };
    const row = buttons.map(([text, value, kind]) =>
      el("button", { class: kind ?? "", onclick: () => finish(value) }, text),
    );
    sheet.replaceChildren(el("div", { class: "panel" }, ...content, el("div", { class: "choices" }, ...row)));
    sheet.onclick = (event) => event.target === sheet && finish(undefined);
    sheet.hidden = false;
    row.at(-1).focus();
  });
}

export const face = (id) => el("img", { class: "face", src: `/wechat/face/${encodeURIComponent(id)}.svg`, alt: "" });

export const timeOf = (seconds) =>
  new Date(seconds * 1000).toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false });

const drawn = new Map();

// Draws only what has changed, so that no focus and no tap is lost to the next second.
export function redraw(id, children) {
  const now = children.map((child) => child.outerHTML + [...child.querySelectorAll("input")].map((input) => input.checked).join()).join("");
  if (drawn.get(id) === now) return;
  drawn.set(id, now);
  byId(id).replaceChildren(...children);
}
