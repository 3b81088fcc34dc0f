/** `npm run registry:import`: teams, officers with their roles, devices, units and assets from CSV. */
import { randomBytes } from "node:crypto";
import { appendFile, readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { createPasswords } from "../accounts/passwords.ts";
import { issueEnrolmentCode } from "../edge/http/enrolment.ts";
import {
  IMPORT_KINDS,
  type ImportKind,
  type ImportLine,
  readLines,
} from "../registry/import-lines.ts";
import { explained } from "./explained.ts";
import { openTool, type Tool } from "./open-tool.ts";

const USAGE = `Loads the registry from CSV files, in this order; importing a file twice changes nothing,
and completes what a broken import left undone. A line that differs from its first import is refused.

  npm run registry:import -- [--teams FILE] [--officers FILE] [--devices FILE] [--units FILE]
                             [--assets FILE] --secrets OUT [--data DIR]

  teams:    court,name
  officers: court,name,title,badge,gender,cert,team,unit,roles,login    roles: JUDGE|DUTY_OFFICER …; gender: M or F;
            unit: name of the linked unit that a LIAISON_USER sits for, else empty or left out
  devices:  kind,label,badge,court       PHONE and TRACKER name a badge, KIOSK a court
  units:    court,kind,name,phone        kind: POLICE, DETENTION_HOUSE, BANK, TAX …
  assets:   court,kind,number

  court is a court's name or id. --secrets OUT receives first passwords and one-time enrolment
  codes (24 h), one per line; it is created for its owner only. Every refused line is named.

Exit status: 0 all lines taken, 1 some refused, 2 wrong usage.`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      ...(Object.fromEntries(
        IMPORT_KINDS.map((kind) => [kind, { type: "string" as const }]),
      ) as Record<ImportKind, { type: "string" }>),
      secrets: { type: "string" },
      data: { type: "string" },
      help: { type: "boolean" },
    },
  });
  const files = IMPORT_KINDS.flatMap((kind) =>
    values[kind] ? [{ kind, file: values[kind] }] : [],
  );
  if (values.help || files.length === 0 || values.secrets === undefined) {
    console.log(USAGE);
    return values.help ? 0 : 2;
  }
  const tool = await openTool(values.data);
  try {
    let refused = 0;
    for (const { kind, file } of files)
      refused += await importFile(tool, kind, file, values.secrets);
    return refused === 0 ? 0 : 1;
  } finally {
    await tool.close();
  }
}

async function importFile(
  tool: Tool,
  kind: ImportKind,
  file: string,
  secrets: string,
): Promise<number> {
  const read = readLines(kind, await readFile(file, "utf8"), tool.kernel.app.world);
  const refused = [...read.refused];
  let taken = 0;
  for (const line of read.lines) {
    const why = await importLine(tool, line, secrets);
    if (why === undefined) taken += 1;
    else refused.push(`${kind} line ${line.line}: ${why}`);
  }
  for (const line of refused) console.error(`refused ${line}`);
  console.log(`${kind}: ${taken} taken, ${refused.length} refused`);
  return refused.length;
}

/** @returns why the line was refused, or nothing. */
async function importLine(
  { kernel, stores, clock }: Tool,
  line: ImportLine,
  secrets: string,
): Promise<string | undefined> {
  for (const command of line.commands) {
    const answer = await kernel.app.systemCommand(command);
    if (answer.outcome === "REFUSED")
      return answer.refusal?.message?.en ?? answer.refusal?.code ?? "refused";
  }
  if (line.login && !(await stores.accounts.findAccount(line.login.login))) {
    const password = randomBytes(12).toString("base64url");
    const passwordHash = await createPasswords().hash(password);
    await stores.accounts.createAccount({ ...line.login, passwordHash, createdAt: clock.now() });
    await note(secrets, `account ${line.login.login} ${password}`);
  }
  if (line.deviceId && !(await stores.accounts.findDeviceSecret(line.deviceId))) {
    await note(
      secrets,
      `device ${line.deviceId} ${await issueEnrolmentCode(stores.accounts, line.deviceId, clock.now())}`,
    );
  }
  return undefined;
}

const note = (file: string, line: string): Promise<void> =>
  appendFile(file, `${line}\n`, { mode: 0o600 });

process.exitCode = await explained(main);
