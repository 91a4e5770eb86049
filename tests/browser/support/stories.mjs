// Stories are told once and happen on every setup.
import { after, before, describe } from "node:test";
import { launch, withPage } from "./browser.mjs";
import { setups, startProgram } from "./program.mjs";

// stories(title, (stage) => { test(…) }): `stage` has the running `program`, and `visit` for a story in a page of its own.
// `environment` is put on top of a setup's own; `atOnce` of them are told side by side.
export function stories(title, tell, { on = Object.keys(setups), environment = {}, atOnce = 1 } = {}) {
  for (const key of on) {
    describe(`${title} (${setups[key].title})`, { concurrency: atOnce }, () => {
      const stage = {
        visit: (name, story, options) => withPage(stage.browser, `${name}-${key}`, story, options),
      };
      before(async () => {
        // One after the other: what has started is closed again, even if what comes next does not start.
        stage.browser = await launch();
        stage.program = await startProgram(setups[key], environment);
      });
      after(async () => {
        await stage.browser?.close();
        await stage.program?.stop();
      });
      tell(stage);
    });
  }
}
