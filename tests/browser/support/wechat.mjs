// Somebody's phone at the demo's own WeChat, without its pages: what it scans, and what it tells the platform.
const PASSWORD = "Ming-ce-2026";

async function call(address, { method = "POST", body, token, raw } = {}) {
  const headers = { ...(token && { authorization: `Bearer ${token}` }), ...(!raw && body !== undefined && { "content-type": "application/json" }) };
  const answer = await fetch(address, { method, headers, body: raw ?? (body === undefined ? undefined : JSON.stringify(body)) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${address}: ${answer.status} ${text}`);
  return text ? JSON.parse(text) : undefined;
}

// phoneOf(url, "zhou"): logged in through the mini-program.
export async function phoneOf(url, person) {
  const settings = await call(`${url}/api/v1/phone/settings`, { method: "GET" });
  const wechat = (path, options) => call(`${settings.wechat.stand_in_url}/wechat/api${path}`, options);
  const { code } = await wechat(`/people/${person}/login-code`, { body: {} });
  const { token } = await call(`${url}/api/v1/phone/session`, { body: { code, app: "mini_program" } });
  const platform = (path, options) => call(`${url}/api/v1/phone${path}`, { token, ...options });
  let ticket;

  // What the camera sees in a picture, and what WeChat does about it.
  async function look(picture) {
    const bytes = Buffer.from(picture.split(";base64,")[1], "base64");
    const { found } = await wechat("/decode", { raw: bytes });
    return wechat(`/people/${person}/scan`, { body: { content: found[0] } });
  }

  async function open(scene) {
    ticket = scene;
    return platform(`/login-tickets/${ticket}`, { method: "GET" });
  }

  const { people } = await wechat("/state", { method: "GET" });

  return {
    token,
    number: people.find(({ id }) => id === person).phone,
    open,
    // Where the phone is after scanning.
    question: () => `pages/login/confirm?scene=${ticket}`,
    bind: (login) => platform("/account", { body: { login, password: PASSWORD } }),
    async scan(picture) {
      const { url: page } = await look(picture);
      return open(page.split("scene=")[1]);
    },
    // Follows the account by its code; gives the link that the chat answers with.
    async follow(picture) {
      const found = await look(picture);
      if (found.kind === "follow") await wechat(`/people/${person}/follow`, { body: { ticket: found.ticket } });
      for (let tries = 0; tries < 100; tries++) {
        const { items } = await wechat(`/people/${person}/chat`, { method: "GET" });
        const link = items.map((item) => item.shown.articles?.[0]?.url).filter(Boolean).at(-1);
        if (link) return link;
        await new Promise((done) => setTimeout(done, 100));
      }
      throw new Error("the account did not answer");
    },
  };
}
