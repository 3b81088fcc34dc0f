/** `npm run admin:create`: genesis, court tree and first administrator of a LIVE deployment. */
import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { createPasswords } from "../accounts/passwords.ts";
import { createFirstAdmin } from "../registry/first-admin.ts";
import { readCourts } from "../registry/read-courts.ts";
import { explained } from "./explained.ts";
import { openTool } from "./open-tool.ts";

const USAGE = `Begins a LIVE deployment: writes the genesis, the court tree and a first administrator.

  npm run admin:create -- --courts FILE [--data DIR] [--login NAME] [--name 姓名] [--title 职务] [--badge NO]

  --courts FILE   CSV with caseCode,name,tier,parent,lat,lng,coord, parents before children
  --data DIR      folder of the stores (default DATA_DIR, else ./data); with STORE=mongodb the
                  settings of the environment are used
  --login NAME    default: admin

The password is read from the environment variable ADMIN_PASSWORD (12 characters or more); without
it one is made and printed once. The administrator's grants are marked BOOTSTRAP until a second
administrator has been granted by somebody else.`;

const MIN_PASSWORD = 12;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      courts: { type: "string" },
      data: { type: "string" },
      login: { type: "string", default: "admin" },
      name: { type: "string", default: "系统管理员" },
      title: { type: "string", default: "管理员" },
      badge: { type: "string", default: "ADMIN-1" },
      help: { type: "boolean" },
    },
  });
  if (values.help || values.courts === undefined) {
    console.log(USAGE);
    return values.help ? 0 : 2;
  }
  const courts = readCourts(await readFile(values.courts, "utf8"));
  for (const line of courts.refused) console.error(`refused ${line}`);
  if (courts.refused.length > 0) {
    console.error("Nothing was written. Correct the file and run again.");
    return 1;
  }
  const { ADMIN_PASSWORD: given } = process.env;
  if (given !== undefined && given.length < MIN_PASSWORD) {
    console.error(`ADMIN_PASSWORD must have ${MIN_PASSWORD} characters or more.`);
    return 2;
  }
  const password = given ?? randomBytes(15).toString("base64url");
  const tool = await openTool(values.data);
  try {
    const { login, name, title, badge } = values;
    const admin = {
      login: login.toLowerCase(),
      password,
      name,
      title,
      badgeNo: badge,
      gender: "M" as const,
    };
    const now = tool.clock.now();
    const result = await createFirstAdmin(
      tool.kernel.app,
      tool.stores.accounts,
      createPasswords(),
      { courts, admin, now },
    );
    if (!result.ok) {
      console.error(result.why);
      return 1;
    }
    console.log(
      `${result.courts} courts, first administrator ${admin.login} (grants marked BOOTSTRAP)`,
    );
    if (given === undefined) console.log(`password, shown once: ${password}`);
    return 0;
  } finally {
    await tool.close();
  }
}

process.exitCode = await explained(main);
