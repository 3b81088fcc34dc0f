import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as pause, setImmediate as turn } from "node:timers/promises";
import { v7 } from "uuid";
import { openSqliteAccountStore } from "../../../server/accounts/account-store-sqlite.ts";
import { hashToken, newToken } from "../../../server/accounts/tokens.ts";
import type { SystemCommand } from "../../../server/app/api.ts";
import { SystemClock } from "../../../server/app/clock.ts";
import { type Kernel, openKernel } from "../../../server/app/kernel.ts";
import { genesisOf, readConfig } from "../../../server/config.ts";
import { inChunks } from "../../../server/demo/bootstrap.ts";
import { officerCommands } from "../../../server/demo/commands.ts";
import { openSqliteLog } from "../../../server/log/log-sqlite.ts";
import type { Commit } from "../../../server/log/log-store.ts";
import { registerCourt } from "../../../server/registry/read-courts.ts";
import { openStores } from "../../../server/stores.ts";
import type { Role } from "../../../shared/domain/authority/roles.ts";
import { envelope } from "../../support/server/envelope.ts";

/** Ten intermediate courts of ten basic courts each, as the goals count them. */
export const GROUPS = 10;
const COURTS_PER_GROUP = 10;
/** One person may have twenty; those that were just closed may still count. */
const SOCKETS_PER_SESSION = 10;

export interface BenchProvince {
  /** In the order in which they move: neighbours are of different courts. */
  readonly officers: readonly {
    readonly id: string;
    readonly trackIndex: number;
    readonly group: number;
    readonly token: string;
  }[];
  /** Sessions of the intermediate courts' desks, of the High Court's, and of the callers' own court. */
  readonly cookies: {
    readonly groups: readonly (readonly string[])[];
    readonly high: readonly string[];
    readonly own: string;
  };
  /** Officers of one basic court, who call for help. */
  readonly callers: BenchProvince["officers"];
  /** Two courts far apart, by which a map is measured. */
  readonly seats: readonly { readonly name: string; readonly lat: number; readonly lng: number }[];
}

interface Person {
  readonly id: string;
  readonly courtId: string;
  readonly group: number;
  readonly role: Role;
}

/** What a LIVE server of the bench is told; the rest is by default. */
export const serverEnv = (dataDir: string): Record<string, string> => ({
  DATA_DIR: dataDir,
  DEMO: "0",
  SIMULATOR: "0",
  SENTINEL: "0",
  LOG_LEVEL: "warn",
});

/**
 * Registers courts, people and phones in that folder, all of them on duty, as a server would have
 * kept them; but past its fsyncs, which would take a minute.
 */
export async function buildProvince(
  dataDir: string,
  { officers, consoles }: { readonly officers: number; readonly consoles: number },
): Promise<BenchProvince> {
  const config = readConfig({ ...serverEnv(dataDir) }, () => []);
  const stores = await openStores({ ...config, store: { kind: "memory" } });
  const kernel = await openKernel({
    ...stores,
    clock: new SystemClock(),
    genesis: genesisOf(config, undefined),
    node: "bench",
    severalWriters: false,
    newId: () => v7(),
    pause,
    yieldTurn: () => turn(),
  });
  const field = fieldPeople(officers);
  const desks = deskPeople(Math.ceil(consoles / SOCKETS_PER_SESSION));
  await inChunks(kernel.app, [...courts(), ...[...field, ...desks].flatMap(registered)]);
  await onDuty(kernel, field);
  await kernel.executor.stop();
  await writeLog(join(dataDir, "log.db"), await stores.log.read(-1, kernel.replica.tail.seq + 1));
  const accounts = join(dataDir, "accounts.db");
  const keys = await writeAccounts(accounts, field, desks);
  await stores.close();
  const phones = field.map(({ id, group }) => {
    const { trackIndex } = kernel.replica.world.get("officer", id) ?? { trackIndex: -1 };
    return { id, trackIndex, group, token: `${deviceOf(id)}.${keys.secrets.get(id)}` };
  });
  const cookiesIn = (group: number) =>
    desks.filter((desk) => desk.group === group).map(({ id }) => keys.cookies.get(id) ?? "");
  return {
    officers: phones,
    seats: SEATS,
    callers: phones.filter((_, i) => field[i]?.courtId === CALLERS_COURT),
    cookies: {
      own: keys.cookies.get(OWN_DESK) ?? "",
      groups: Array.from({ length: GROUPS }, (_, group) => cookiesIn(group)),
      high: cookiesIn(HIGH),
    },
  };
}

async function writeLog(file: string, commits: readonly Commit[]): Promise<void> {
  await (await openSqliteLog({ file })).close();
  const db = new DatabaseSync(file);
  db.exec("PRAGMA synchronous = OFF; BEGIN");
  const insert = db.prepare("INSERT INTO commits VALUES (?, ?, ?, ?, ?)");
  for (const { seq, at, prevHash, hash, body } of commits)
    insert.run(seq, at, prevHash, hash, body);
  db.exec("COMMIT");
  db.close();
}

/** Phones' secrets and desks' sessions. @returns them by officer. */
async function writeAccounts(file: string, field: readonly Person[], desks: readonly Person[]) {
  const cookies = new Map<string, string>();
  const accounts = await openSqliteAccountStore({ file });
  for (const { id } of desks) {
    const token = newToken();
    const subject = { kind: "person", officerId: id, login: id } as const;
    const createdAt = Date.now();
    const times = { createdAt, expiresAt: createdAt + 3_600_000 };
    await accounts.putSession({ id: v7(), tokenHash: hashToken(token), subject, ...times });
    cookies.set(id, `__Host-ec=${token}`);
  }
  await accounts.close();
  const secrets = new Map(field.map(({ id }) => [id, newToken()]));
  const db = new DatabaseSync(file);
  db.exec("PRAGMA synchronous = OFF; BEGIN");
  const insert = db.prepare("INSERT INTO device_secrets (device_id, secret_hash) VALUES (?, ?)");
  for (const [id, secret] of secrets) insert.run(deviceOf(id), hashToken(secret));
  db.exec("COMMIT");
  db.close();
  return { cookies, secrets };
}

/** Groups of desks that are of no intermediate court. */
const HIGH = -1;
const OWN = -2;
const OWN_DESK = "own-desk";
const groupId = (group: number): string => `inter-${group}`;
const basicId = (group: number, n: number): string => `basic-${group}-${n}`;

const CALLERS_COURT = basicId(0, 0);

const seat = (i: number) => ({
  lat: 29.5 + (i % 10) / 5,
  lng: 110 + i / 25,
  coord: "EST" as const,
});
const basicName = (group: number, n: number): string => `试${group}市${n}区人民法院`;
const SEATS = [1, 98].map((i) => ({
  name: basicName(Math.floor(i / COURTS_PER_GROUP), i % COURTS_PER_GROUP),
  ...seat(i),
}));

function courts(): SystemCommand[] {
  const each = (n: number) => Array.from({ length: n }, (_, i) => i);
  const high = { id: "high", caseCode: "试", name: "试省高级人民法院", tier: "HIGH" as const };
  return [
    registerCourt({ ...high, parent: "", ...seat(0) }),
    ...each(GROUPS).flatMap((group) => {
      const inter = {
        id: groupId(group),
        parentId: "high",
        caseCode: `试${group}`,
        name: `试${group}市中级人民法院`,
        tier: "INTERMEDIATE" as const,
      };
      return [
        registerCourt({ ...inter, parent: "试", ...seat(group * 10) }),
        ...each(COURTS_PER_GROUP).map((n) =>
          registerCourt({
            id: basicId(group, n),
            parentId: inter.id,
            caseCode: `试${group}${n}`,
            name: basicName(group, n),
            tier: "BASIC",
            parent: inter.caseCode,
            ...seat(group * 10 + n),
          }),
        ),
      ];
    }),
  ];
}

const fieldPeople = (count: number): Person[] =>
  Array.from({ length: count }, (_, i) => {
    const group = i % GROUPS;
    const courtId = basicId(group, Math.floor(i / GROUPS) % COURTS_PER_GROUP);
    return { id: `officer-${i}`, courtId, group, role: "JUDICIAL_POLICE" };
  });

function deskPeople(sessions: number): Person[] {
  const perGroup = Math.ceil(sessions / GROUPS);
  return [
    ...Array.from({ length: sessions }, (_, i): Person => {
      return { id: `high-${i}`, courtId: "high", group: HIGH, role: "DUTY_OFFICER" };
    }),
    ...Array.from({ length: perGroup * GROUPS }, (_, i): Person => {
      const group = i % GROUPS;
      return { id: `desk-${i}`, courtId: groupId(group), group, role: "DUTY_OFFICER" };
    }),
    { id: OWN_DESK, courtId: CALLERS_COURT, group: OWN, role: "DUTY_OFFICER" },
  ];
}

const deviceOf = (id: string): string => `dev-${id}`;

const registered = ({ id, courtId, role }: Person, index: number): SystemCommand[] =>
  officerCommands(
    {
      id,
      courtId,
      courtName: "",
      tier: "BASIC",
      name: `试${index}`,
      title: "法警",
      roles: [role],
      ...(role === "JUDICIAL_POLICE" ? { deviceId: deviceOf(id) } : {}),
    },
    index,
  );

async function onDuty({ app, replica }: Kernel, people: readonly Person[]): Promise<void> {
  const AT_ONCE = 512;
  for (let from = 0; from < people.length; from += AT_ONCE) {
    await Promise.all(
      people.slice(from, from + AT_ONCE).map(async ({ id }) => {
        const made = { deviceAt: Date.now(), knownSeq: replica.tail.seq, knownAt: Date.now() };
        const command = envelope("officer.setDuty", id, { duty: "ON_DUTY" }, made);
        const answer = await app.command(command, { officerId: id, session: "bench" });
        if (answer.outcome !== "ACCEPTED") throw new Error(JSON.stringify(answer));
      }),
    );
  }
}
