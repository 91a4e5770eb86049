// For pages that are built for WeChat and run inside the phone of the stand-in: what `wx` would do there.
//
//   if (weChatStandIn.inside) { const { code } = await weChatStandIn.login(); … }
(() => {
  let last = 0;
  const waiting = new Map();
  window.addEventListener("message", (event) => {
    const { weChatStandIn: kind, id, result, error } = event.data ?? {};
    if (event.source !== window.parent || kind !== "answer" || !waiting.has(id)) return;
    const [resolve, reject] = waiting.get(id);
    waiting.delete(id);
    if (error) reject(new Error(error));
    else resolve(result);
  });
  const call = (name, options) =>
    new Promise((resolve, reject) => {
      if (window.parent === window) return reject(new Error("不在模拟微信中"));
      const id = ++last;
      waiting.set(id, [resolve, reject]);
      // What is asked is no secret; the answer comes to this page's origin only.
      window.parent.postMessage({ weChatStandIn: name, id, options }, "*");
    });
  window.weChatStandIn = Object.freeze({
    inside: window.parent !== window,
    who: () => call("who"),
    login: () => call("login"),
    phoneNumber: () => call("phoneNumber"),
    scan: () => call("scan"),
    subscribe: (templates) => call("subscribe", { templates }),
    setTitle: (text) => call("title", { text }),
    close: () => call("close"),
  });
})();
