// The scanner: a camera, a picture, or the content of a code.

import { byId, doing, el, post, toast } from "/wechat/server.js";
import { follow, goBack, path, show } from "/wechat/main.js";

let stream = null;
let timer = null;
// What is done with what was scanned; usually WeChat decides.
let then = null;

export function openScanner(take) {
  then = take ?? null;
  const file = el("input", { type: "file", accept: "image/*", id: "picture", hidden: true });
  file.addEventListener("change", doing(() => file.files[0] && read(file.files[0])));
  const text = el("input", { name: "content", placeholder: "或粘贴二维码的内容", "aria-label": "二维码内容" });
  const typed = doing(() => text.value.trim() && use(text.value.trim()));
  byId("scanner").replaceChildren(
    el("div", { class: "finder" }, el("video", { id: "video", playsinline: true, muted: true, hidden: true }), el("p", {}, "把二维码图片拖到这里\n或按 Ctrl+V 粘贴截图")),
    el("div", { class: "tools" },
      el("button", { onclick: () => file.click() }, "相册"),
      el("button", { onclick: doing(openCamera) }, "摄像头"),
    ),
    file,
    el("form", { onsubmit: typed }, text, el("button", { class: "green" }, "确定")),
  );
  show("scanner", "扫一扫");
}

async function openCamera() {
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  } catch {
    return toast("无法打开摄像头，请选择图片或粘贴内容");
  }
  const video = byId("video");
  video.srcObject = stream;
  video.hidden = false;
  await video.play();
  timer = setInterval(() => look(video), 600);
}

export function stopCamera() {
  clearInterval(timer);
  stream?.getTracks().forEach((track) => track.stop());
  stream = null;
}

let looking = false;

async function look(video) {
  if (looking || !video.videoWidth) return;
  looking = true;
  try {
    const canvas = el("canvas", { width: String(video.videoWidth), height: String(video.videoHeight) });
    canvas.getContext("2d").drawImage(video, 0, 0);
    const picture = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
    const { found } = await post("/decode", picture);
    if (found.length > 0 && stream) await use(found[0]);
  } finally {
    looking = false;
  }
}

async function read(picture) {
  const { found } = await post("/decode", picture);
  if (found.length === 0) return toast("没有在图片中找到二维码");
  await use(found[0]);
}

async function use(content) {
  stopCamera();
  const take = then;
  then = null;
  if (byId("phone").dataset.screen === "scanner") goBack();
  if (take) return take(content);
  await follow(await post(path("/scan"), { content }));
}

// A page within the phone asks for a scan: gives the content, or nothing if it was left.
export function scanFor() {
  return new Promise((resolve) => openScanner(resolve));
}

// Pictures may be dropped on the phone or pasted anywhere.
export function watchPictures() {
  const phone = byId("phone");
  phone.addEventListener("dragover", (event) => {
    event.preventDefault();
    phone.classList.add("dropping");
  });
  phone.addEventListener("dragleave", () => phone.classList.remove("dropping"));
  phone.addEventListener("drop", doing(async (event) => {
    phone.classList.remove("dropping");
    const file = [...event.dataTransfer.files].find(({ type }) => type.startsWith("image/"));
    const text = event.dataTransfer.getData("text/plain");
    if (file) await read(file);
    else if (text) await use(text);
    else toast("请拖入图片");
  }));
  document.addEventListener("paste", (event) => {
    const file = [...event.clipboardData.files].find(({ type }) => type.startsWith("image/"));
    if (file) doing(() => read(file))(event);
  });
}
