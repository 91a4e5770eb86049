// Reads a captcha's answer out of its token, which only somebody with the platform's secret can: tests know the demo's.
import { createDecipheriv, createHmac } from "node:crypto";

const indexKey = Buffer.from(process.env.MINGCE__CRYPTO__INDEX_KEY ?? "bWluZ2NlLWRlbW8taW5kZXgta2V5LTMyLWJ5dGVzISE=", "base64");

export function openCaptcha(token) {
  const key = createHmac("sha256", indexKey).update("mingce/derive/captcha").digest();
  const bytes = Buffer.from(token, "base64url");
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, 12)).setAuthTag(bytes.subarray(-16));
  return JSON.parse(decipher.update(bytes.subarray(12, -16)) + decipher.final("utf8")).a;
}
