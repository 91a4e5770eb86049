// first-load.mjs URL: the bytes that come over the wire until the page has settled, in a browser that has nothing yet.
import { launch } from "./support/browser.mjs";

const browser = await launch();
const page = await browser.newPage({ locale: "zh-CN" });
const network = await page.context().newCDPSession(page);
let bytes = 0;
network.on("Network.loadingFinished", (event) => (bytes += event.encodedDataLength));
await network.send("Network.enable");
await page.goto(process.argv[2], { waitUntil: "networkidle" });
await browser.close();
console.log(bytes);
