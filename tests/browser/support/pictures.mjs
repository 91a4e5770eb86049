// Pictures for whoever looks at them: made-up ID cards, and one portrait in the public domain, an astronaut's, as
// scikit-image has it. Nobody else's face is used.
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const root = resolve(import.meta.dirname, "../../..");
const cards = process.env.MINGCE_CARDS ?? join(root, "target/debug/synthetic-cards");
const PACKAGE = "scikit-image==0.26.0";

// Where `mingce models fetch` keeps the networks.
export const models = join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "mingce/models");

// Photographs of both sides of the card of this seed, and what it says; with a portrait that is printed on it.
export async function photographedCard(seed, portrait) {
  const folder = await mkdtemp(join(tmpdir(), "mingce-card-"));
  const face = join(folder, "portrait.jpg");
  if (portrait) await writeFile(face, portrait);
  await run(cards, [folder, String(seed), "1", "all", ...(portrait ? [face] : [])]);
  const [truth] = JSON.parse(await readFile(join(folder, "truth.json"), "utf8"));
  const file = (side) => join(folder, truth.pictures[side].file);
  return { ...truth.fields, front: file("front"), back: file("back"), remove: () => rm(folder, { recursive: true, force: true }) };
}

// The astronaut, out of the package's archive: fetched once.
async function astronaut() {
  const folder = join(models, "test-pictures");
  const path = join(folder, "astronaut.png");
  if (!existsSync(path)) {
    await mkdir(folder, { recursive: true });
    const download = await mkdtemp(join(folder, "download-"));
    const only = ["--quiet", "--no-deps", "--only-binary", ":all:"];
    await run("python3", ["-m", "pip", "download", ...only, "--dest", download, PACKAGE]);
    const unpack = "import glob, zipfile; zipfile.ZipFile(glob.glob('*.whl')[0]).extract('skimage/data/astronaut.png')";
    await run("python3", ["-c", unpack], { cwd: download });
    // Whoever reads it at this moment sees all of it or nothing.
    await rename(join(download, "skimage/data/astronaut.png"), path);
    await rm(download, { recursive: true });
  }
  return await readFile(path, "base64");
}

// A photo as somebody takes it of a worker: from near, with room above the head. `filter` is the light of another day.
export async function facePhoto(page, { filter, mirrored } = {}) {
  const picture = await astronaut();
  return await drawn(page, { picture, filter, mirrored, width: 1280, height: 1100 });
}

// The same person as on the card.
export async function portrait(page) {
  return await drawn(page, { picture: await astronaut(), width: 716, height: 882, scale: 3.4, left: -360, top: -110 });
}

// A photo of a wall.
export async function photoOfNobody(page) {
  return await drawn(page, { width: 900, height: 1200 });
}

async function drawn(page, scene) {
  const base64 = await page.evaluate(draw, scene);
  return Buffer.from(base64, "base64");
}

// Within the browser.
async function draw({ picture, width, height, filter = "none", mirrored = false, scale = 2, left = 128, top = 76 }) {
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const paper = canvas.getContext("2d");
  const light = paper.createLinearGradient(0, 0, width, height);
  light.addColorStop(0, "#9a9fa6");
  light.addColorStop(1, "#8c9299");
  paper.fillStyle = light;
  paper.fillRect(0, 0, width, height);
  if (picture) {
    const bytes = Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    paper.filter = filter;
    if (mirrored) {
      paper.translate(width, 0);
      paper.scale(-1, 1);
    }
    paper.drawImage(image, left, top, 512 * scale, 512 * scale);
  }
  return canvas.toDataURL("image/jpeg", 0.9).split(",")[1];
}
