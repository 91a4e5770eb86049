// An SMTP server that keeps what it gets: the other end of the program's real mail client.
import { createServer } from "node:net";

export async function startMailbox() {
  const mails = [];
  const waiting = new Set();

  const server = createServer((socket) => {
    let buffer = "";
    let mail;
    let inData = false;
    socket.setEncoding("utf8").on("error", () => {});
    socket.write("220 mailbox ESMTP\r\n");
    socket.on("data", (chunk) => {
      buffer += chunk;
      for (let end = buffer.indexOf("\r\n"); end >= 0; end = buffer.indexOf("\r\n")) {
        const line = buffer.slice(0, end);
        buffer = buffer.slice(end + 2);
        if (inData) takeLine(line);
        else answer(line);
      }
    });

    function takeLine(line) {
      if (line !== ".") {
        mail.raw += `${line.replace(/^\.\./, ".")}\r\n`;
        return;
      }
      inData = false;
      mails.push({ ...mail, ...parse(mail.raw) });
      socket.write("250 kept\r\n");
      for (const look of waiting) look();
    }

    function answer(line) {
      const verb = line.slice(0, 4).toUpperCase();
      if (verb === "MAIL") mail = { to: [], raw: "" };
      if (verb === "RCPT") mail.to.push(/<([^>]*)>/.exec(line)?.[1]);
      if (verb === "DATA") inData = true;
      if (verb === "QUIT") socket.end("221 bye\r\n");
      else socket.write(verb === "DATA" ? "354 go on\r\n" : verb === "EHLO" ? "250-mailbox\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n" : "250 ok\r\n");
    }
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));

  // The first mail to this address whose subject or text has the words; waits for it.
  function received(to, words, milliseconds = 20_000) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => finish(reject, new Error(`no mail to ${to} with ${words}`)), milliseconds);
      function finish(how, what) {
        clearTimeout(timer);
        waiting.delete(look);
        how(what);
      }
      function look() {
        const found = mails.find((mail) => mail.to.includes(to) && (mail.subject + mail.text).includes(words));
        if (found) finish(resolve, found);
      }
      waiting.add(look);
      look();
    });
  }

  return { port: server.address().port, mails, received, close: () => new Promise((done) => server.close(done)) };
}

function parse(raw) {
  const [head, ...rest] = raw.split("\r\n\r\n");
  const body = rest.join("\r\n\r\n");
  const headers = head.replace(/\r\n[ \t]+/g, " ");
  const header = (name) => new RegExp(`^${name}: *(.*)$`, "im").exec(headers)?.[1].trim() ?? "";
  return { subject: decodeWords(header("Subject")), text: decodeBody(body, header("Content-Transfer-Encoding")) };
}

function decodeWords(text) {
  return text
    .replace(/\?=\s+=\?/g, "?==?")
    .replace(/=\?utf-8\?(b|q)\?(.*?)\?=/gi, (_, kind, value) =>
      kind.toLowerCase() === "b" ? Buffer.from(value, "base64").toString() : quoted(value.replaceAll("_", " ")),
    );
}

function decodeBody(body, encoding) {
  if (/base64/i.test(encoding)) return Buffer.from(body, "base64").toString();
  return /quoted-printable/i.test(encoding) ? quoted(body.replace(/=\r\n/g, "")) : body;
}

function quoted(text) {
  const bytes = text.replace(/=([0-9A-F]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString();
}
