import type { SystemCommand } from "../app/api.ts";
import type { DemoOfficer } from "./province.ts";

/** The police that a court below the High Court calls. */
export const demoUnitId = (courtId: string): string => `unit-${courtId}`;

export const demo = (
  what: string,
  kind: string,
  type: SystemCommand["ref"]["type"],
  id: string,
  payload: Record<string, unknown>,
): SystemCommand => ({
  id: `sys:demo:${what}:${id}`,
  kind,
  ref: { type, id },
  payload,
});

/** Registers a person, with roles and, where there is one, a device. */
export function officerCommands(officer: DemoOfficer, index: number): SystemCommand[] {
  const number = String(index + 1).padStart(5, "0");
  return [
    demo("officer", "officer.register", "officer", officer.id, {
      courtId: officer.courtId,
      name: officer.name,
      title: officer.title,
      badgeNo: `模${number}`,
      gender: index % 3 === 0 ? "F" : "M",
      ...(officer.unitId ? { unitId: officer.unitId } : {}),
    }),
    ...officer.roles.map((role) => ({
      ...demo("grant", "officer.grant", "officer", officer.id, { role }),
      id: `sys:demo:grant:${officer.id}:${role}`,
    })),
    ...(officer.deviceId
      ? [
          demo("device", "device.register", "device", officer.deviceId, {
            kind: "PHONE",
            label: "执行终端",
            officerId: officer.id,
          }),
        ]
      : []),
  ];
}
