/** Every command of the authority table is sent from some face by everybody who may send it. */
import { describe, expect, test } from "vitest";
import { AUTOMATIC, ELSEWHERE } from "../../client/faces/console/actions/act-words.ts";
import { creationsFrom } from "../../client/faces/console/actions/creations.ts";
import { BY_RECIPIENT } from "../../client/faces/console/actions/receipt-acts.ts";
import { FORMS } from "../../client/faces/console/forms/forms.ts";
import { FREE_ACTIONS } from "../../client/faces/console/search/use-entries.ts";
import { KNOWN_TYPES } from "../../client/store/entity-types.ts";
import { ROLES, type Role } from "../../shared/domain/authority/roles.ts";
import { seatsOf } from "../../shared/domain/authority/seats.ts";
import { AUTHORITY, type Cell } from "../../shared/domain/authority/table.ts";
import { commandEntry } from "../../shared/domain/modules.ts";
import { PAYLOADS } from "../../shared/wire/payloads.ts";
import { codeOf, filesLike } from "../guard/source-files.ts";

/** Sent by no face, and by whom instead. */
const NOT_FROM_A_FACE: Readonly<Record<string, string>> = {
  "court.register": "registry:import (server/cli); the administrators' face is not built",
  "team.register": "registry:import (server/cli); the administrators' face is not built",
  "officer.register": "registry:import (server/cli); the administrators' face is not built",
  "device.register": "device enrolment; the administrators' face is not built",
  "device.revoke": "the administrators' face is not built",
  "asset.register": "registry:import (server/cli); the administrators' face is not built",
  "unit.register": "registry:import (server/cli); the administrators' face is not built",
  "officer.grant": "the administrators' face is not built",
  "officer.revokeGrant": "the administrators' face is not built",
  "officer.disable": "the administrators' face is not built",
  "officer.enable": "the administrators' face is not built",
  "officer.revokeSession": "the administrators' face is not built",
};

/** Roles that the table allows and that no seat of theirs offers it to, and what they do instead. */
const NOT_FOR_A_ROLE: Readonly<Record<string, string>> = {
  "court.setDutyContact SYSTEM_ADMIN":
    "the administrators' face is not built; the start sets them from a file (registry:import)",
  "incident.takeOver JUDICIAL_POLICE":
    "a phone is not sent incidents in which its officer is not named; his centre takes over",
  "liaison.send JUDICIAL_POLICE":
    "it carries the numbers of notice and ruling: judge, executor or centre send it at the console",
};

const FACES = ["field", "partner"] as const;
type Face = "console" | (typeof FACES)[number];

/** Lists of words and forms name commands that they do not send. */
const NAMES_ONLY = /act-words\.ts$|\/forms\/|\/dev\/|creations\.ts$|use-entries\.ts$/u;

const literals = (files: readonly string[]): ReadonlySet<string> => {
  const found = files.flatMap((file) => [...codeOf(file).matchAll(/"([a-zA-Z]+\.[a-zA-Z]+)"/gu)]);
  return new Set(found.map(([, kind = ""]) => kind));
};

const written: Readonly<Record<Face, ReadonlySet<string>>> = {
  console: literals(
    filesLike("client/faces/console/**/*.{ts,tsx}").filter((file) => !NAMES_ONLY.test(file)),
  ),
  field: literals(
    filesLike("client/faces/field/**/*.{ts,tsx}", "client/link/sos-*.ts").filter(
      (file) => !NAMES_ONLY.test(file),
    ),
  ),
  partner: literals(filesLike("client/faces/partner/**/*.{ts,tsx}")),
};

/** A record of the console opens from its queue, a board or the search box, and shows its acts. */
const titled = literalTypes("client/faces/console/desk/record-title.ts");

function literalTypes(file: string): ReadonlySet<string> {
  const [, list = ""] =
    /const TITLERS[^{]*\{[^}]*\}\s*=\s*\{([\s\S]*?)\n\};/u.exec(codeOf(file)) ?? [];
  return new Set([...list.matchAll(/(\w+)/gu)].map(([, type = ""]) => type));
}

const created: ReadonlySet<string> = new Set([
  ...KNOWN_TYPES.flatMap((type) => [...creationsFrom(type)]),
  ...FREE_ACTIONS,
]);

/** Of a linked unit's desk alone; no court is offered it. */
const isUnits = (kind: string): boolean =>
  Object.keys(AUTHORITY[kind] ?? {}).every((relation) => relation === "unit");

/** The action bar offers what a record's projection says may ever be done (`dto.acts`). */
const fromActionBar = (kind: string): boolean => {
  const entry = commandEntry(kind);
  if (!entry || isUnits(kind)) return false;
  if (entry.spec.target === "NEW") return created.has(kind);
  return !AUTOMATIC.has(kind) && !ELSEWHERE.has(kind) && titled.has(entry.type);
};

/** In the part that says who holds it: one list of verbs for both kinds of record. */
const inHoldPart = (kind: string): boolean => {
  const [type = "", verb = ""] = kind.split(".");
  const verbs = /const VERBS = (\[[^\]]*\])/u.exec(
    codeOf("client/faces/console/hold/HoldPart.tsx"),
  )?.[1];
  return ["incident", "police"].includes(type) && (verbs?.includes(`"${verb}"`) ?? false);
};

const atConsole = (kind: string): boolean =>
  fromActionBar(kind) || inHoldPart(kind) || written.console.has(kind);

const facesOf = (kind: string): readonly Face[] => [
  ...(atConsole(kind) ? (["console"] as const) : []),
  ...FACES.filter((face) => written[face].has(kind)),
];

/** Who holds it through his role; parts are whoever the record names. */
const rolesIn = (cell: Cell): readonly Role[] =>
  cell.roles === "ANY" || cell.roles === undefined ? [] : cell.roles;

const sends = (kind: string, role: Role): boolean =>
  facesOf(kind).some((face) => seatsOf([role]).includes(face));

describe("everything that a person may do has a screen", () => {
  test("CON-38 every command is sent from a face, or it is listed who sends it instead", () => {
    const missing = Object.keys(AUTHORITY).filter((kind) => facesOf(kind).length === 0);
    expect(missing.sort()).toEqual(Object.keys(NOT_FROM_A_FACE).sort());
  });

  test("CON-38 everybody whom the table allows it has a seat that offers it", () => {
    const unable = Object.entries(AUTHORITY)
      .filter(([kind]) => !(kind in NOT_FROM_A_FACE))
      .flatMap(([kind, row]) => {
        const roles = new Set(Object.values(row).flatMap(rolesIn));
        return ROLES.filter((role) => roles.has(role) && !sends(kind, role)).map(
          (role) => `${kind} ${role}`,
        );
      });
    expect(unable.sort()).toEqual(Object.keys(NOT_FOR_A_ROLE).sort());
  });

  test("CON-38 a button without a form sends what the wire reads", () => {
    const silent = Object.keys(AUTHORITY)
      .filter((kind) => fromActionBar(kind) && !(kind in FORMS) && !BY_RECIPIENT.has(kind))
      .filter((kind) => PAYLOADS[kind]?.safeParse({}).success !== true);
    expect(silent).toEqual([]);
  });
});
