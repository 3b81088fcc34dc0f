import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "import-"));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

interface Run {
  readonly code: number;
  readonly text: string;
}

const tool = (name: string, args: readonly string[], env = {}): Promise<Run> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [`server/cli/${name}.ts`, ...args, "--data", dir], {
      env: { ...process.env, ...env },
    });
    let text = "";
    const add = (chunk: Buffer): void => {
      text += chunk.toString();
    };
    child.stdout.on("data", add);
    child.stderr.on("data", add);
    child.on("close", (code) => resolve({ code: code ?? 1, text }));
  });

test("REG-13 given an empty folder, when a LIVE deployment is begun and its registry imported twice, then wrong lines are named, nothing is made twice and the chain holds", async () => {
  const begun = await tool("admin-create", ["--courts", "server/demo/courts-hubei.csv"], {
    ADMIN_PASSWORD: "a-long-enough-password",
  });
  expect(begun).toMatchObject({ code: 0, text: expect.stringContaining("128 courts") });

  const officers = join(dir, "officers.csv");
  const secrets = join(dir, "secrets.txt");
  await writeFile(
    officers,
    [
      "court,name,title,badge,gender,cert,team,roles,login",
      "武汉市江岸区人民法院,王示甲,值班员,J-1,M,,,DUTY_OFFICER|CENTER_CHIEF,jiangan1",
      "没有这个法院,王示乙,值班员,J-2,M,,,DUTY_OFFICER,",
      "武汉市江岸区人民法院,王示丙,法警,J-3,X,,,JUDICIAL_POLICE,",
    ].join("\n"),
  );
  const args = ["--officers", officers, "--secrets", secrets];
  const first = await tool("registry-import", args);
  expect(first.code).toBe(1);
  expect(first.text).toContain("officers line 3: no court 没有这个法院");
  expect(first.text).toContain("officers line 4: gender");
  expect(first.text).toContain("officers: 1 taken, 2 refused");
  expect(await readFile(secrets, "utf8")).toMatch(/^account jiangan1 \S+\n$/);

  const second = await tool("registry-import", args);
  expect(second.text).toContain("officers: 1 taken, 2 refused");
  expect(await readFile(secrets, "utf8")).toMatch(/^account jiangan1 \S+\n$/);

  const again = await tool("admin-create", ["--courts", "server/demo/courts-hubei.csv"]);
  expect(again).toMatchObject({
    code: 1,
    text: expect.stringContaining("an administrator already"),
  });
  const verified = await tool("log-verify", []);
  // Genesis, 128 courts, administrator and two grants; then one officer and two grants, once.
  expect(verified).toMatchObject({
    code: 0,
    text: expect.stringContaining("verified 135 commits"),
  });
});

test("UNIT-17 given a LIVE deployment, when a unit and its person are imported, then the person has a login and the unit's desk", async () => {
  await tool("admin-create", ["--courts", "server/demo/courts-hubei.csv"], {
    ADMIN_PASSWORD: "a-long-enough-password",
  });
  const [units, officers] = [join(dir, "units.csv"), join(dir, "people.csv")];
  const court = "武汉市江岸区人民法院";
  await writeFile(units, `court,kind,name,phone\n${court},BANK,示例银行,\n`);
  await writeFile(
    officers,
    [
      "court,name,title,badge,gender,unit,roles,login",
      `${court},王示丁,联络员,U-1,M,示例银行,LIAISON_USER,bank1`,
      `${court},王示戊,联络员,U-2,M,没有这个单位,LIAISON_USER,bank2`,
    ].join("\n"),
  );
  const secrets = join(dir, "unit-secrets.txt");
  const args = ["--officers", officers, "--units", units, "--secrets", secrets];
  const { text } = await tool("registry-import", args);
  expect(text).toContain("units: 1 taken, 0 refused");
  expect(text).toContain(`officers line 3: no unit 没有这个单位 of ${court}`);
  expect(text).toContain("officers: 1 taken, 1 refused");
  expect(await readFile(secrets, "utf8")).toMatch(/^account bank1 \S+\n$/);
});
