// Pages inside the phone, and what they may ask of it. See bridge.js for the other side.

import { ask, byId, el, post, toast } from "/wechat/server.js";
import { scanFor } from "/wechat/scanner.js";
import { goBack, me, path, show, world } from "/wechat/main.js";

let frame = null;

export async function openPage(url, title) {
  let address;
  try {
    address = new URL(url, location.href);
  } catch {
    return toast("无法打开这个地址");
  }
  if (!["http:", "https:"].includes(address.protocol)) return toast("无法打开这个地址");
  frame = el("iframe", { title: title ?? "网页", allow: "camera; microphone; geolocation; clipboard-write", src: address.href });
  byId("browser").replaceChildren(frame);
  show("browser", title ?? address.hostname, { subtitle: title ? "" : "网页" });
}

export function closeFrame() {
  byId("browser").replaceChildren();
  frame = null;
}

export function reloadFrame() {
  if (frame) frame.src = frame.src;
}

const abilities = {
  who: async () => ({ id: me().id, name: me().name }),
  login: async () => post(path("/login-code")),
  async phoneNumber() {
    const number = me().phone;
    const agreed = await ask(
      [el("h3", {}, `${world.state.mini_program.name} 申请获取并验证你的手机号`), el("p", {}, `${number.slice(0, 3)}****${number.slice(-4)}`)],
      [["不允许", false], ["允许", true, "green"]],
    );
    return agreed ? post(path("/phone-code")) : { declined: true };
  },
  async scan() {
    const content = await scanFor();
    show("browser", byId("title").textContent, { keep: false });
    return { content };
  },
  async subscribe({ templates }) {
    const agreed = await ask(
      [el("h3", {}, `${world.state.mini_program.name} 申请向你发送服务通知`), ...templates.map((id) => el("p", {}, id))],
      [["取消", false], ["允许", true, "green"]],
    );
    if (agreed) await post(path("/allow"), { template_ids: templates });
    return Object.fromEntries(templates.map((id) => [id, agreed ? "accept" : "reject"]));
  },
  async title({ text }) {
    byId("title").textContent = String(text).slice(0, 30);
    byId("subtitle").textContent = "";
  },
  async close() {
    closeFrame();
    goBack();
  },
};

// Only the page in the frame is listened to, and only it gets the answer.
window.addEventListener("message", async (event) => {
  const { weChatStandIn: call, id, options } = event.data ?? {};
  if (!frame || event.source !== frame.contentWindow || !Object.hasOwn(abilities, call)) return;
  const answer = (rest) => event.source?.postMessage({ weChatStandIn: "answer", id, ...rest }, event.origin);
  try {
    answer({ result: (await abilities[call](options ?? {})) ?? null });
  } catch (problem) {
    answer({ error: problem.message });
  }
});
