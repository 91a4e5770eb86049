// tally.mjs NAME EXIT_CODE REPORT…: the counts of one runner, from its JUnit files, cargo test's text or jest's JSON, as `passed failed`.
// A runner that failed without naming a failed case, or left no report, or ran nothing, counts as one failure.
import { readFileSync } from "node:fs";

const [, , name, exitCode, ...reports] = process.argv;

function fromJunit(xml) {
  const cases = [...xml.matchAll(/<testcase\b[^>]*?(?:\/>|>([\s\S]*?)<\/testcase>)/g)].map((match) => match[1] ?? "");
  const failed = cases.filter((body) => /<(failure|error)\b/.test(body)).length;
  const skipped = cases.filter((body) => /<skipped\b/.test(body) && !/<(failure|error)\b/.test(body)).length;
  return { passed: cases.length - failed - skipped, failed, skipped };
}

function fromCargoTest(text) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const [, passed, failed, ignored] of text.matchAll(/^test result: .*?(\d+) passed; (\d+) failed; (\d+) ignored/gm)) {
    total.passed += Number(passed);
    total.failed += Number(failed);
    total.skipped += Number(ignored);
  }
  return total;
}

function fromJest(text) {
  const { numPassedTests, numFailedTests, numPendingTests, numRuntimeErrorTestSuites } = JSON.parse(text);
  return { passed: numPassedTests, failed: numFailedTests + numRuntimeErrorTestSuites, skipped: numPendingTests };
}

function countsIn(report, text) {
  if (report.endsWith(".xml")) return fromJunit(text);
  return report.endsWith(".json") ? fromJest(text) : fromCargoTest(text);
}

const total = { passed: 0, failed: 0, skipped: 0 };
for (const report of reports) {
  try {
    const text = readFileSync(report, "utf8");
    const counts = countsIn(report, text);
    for (const key of Object.keys(total)) total[key] += counts[key];
  } catch (problem) {
    console.error(`${name}: ${problem.message}`);
    total.failed += 1;
  }
}

const { passed, failed, skipped } = total;
const silent = failed === 0 && (exitCode !== "0" || passed === 0) ? 1 : 0;
if (silent) console.error(`${name}: ended with ${exitCode}, ${passed} passed and no failed case named: counted as one failure`);
if (skipped) console.error(`${name}: ${skipped} skipped`);
console.log(`${passed} ${failed + silent}`);
