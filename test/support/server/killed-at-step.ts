import fs from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";

/**
 * Preloaded (`node --import`) into a tool under test: it dies, as by `kill -9`, just before its n-th
 * change of the file system. With every n in turn no moment between two changes is left out.
 */
const at = Number(process.env.KILL_AT_STEP);
let step = 0;

function dyingIn<A extends unknown[], R>(real: (...args: A) => R): (...args: A) => R {
  return (...args) => {
    step += 1;
    if (step === at) process.kill(process.pid, "SIGKILL");
    return real(...args);
  };
}

Object.assign(fs, {
  copyFile: dyingIn(fs.copyFile),
  link: dyingIn(fs.link),
  mkdir: dyingIn(fs.mkdir),
  open: dyingIn(fs.open),
  rename: dyingIn(fs.rename),
  rm: dyingIn(fs.rm),
});
syncBuiltinESMExports();
