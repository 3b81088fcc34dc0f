import { belongsTo } from "../court/belongs.ts";
import { type CommandSpecs, command, type DecideInput } from "../kernel/command.ts";
import type { DomainEvent } from "../kernel/event.ts";
import type { Belongs } from "../kernel/new-record.ts";
import { accept, type Decision, type RefusalText, refusal, refuse } from "../kernel/refusal.ts";
import type { StateReader } from "../kernel/state.ts";
import type { Device, DeviceKind } from "./state.ts";

interface RegisterDevice {
  readonly kind: DeviceKind;
  readonly label: string;
  /** PHONE and TRACKER; the court is the officer's. */
  readonly officerId?: string;
  /** KIOSK. */
  readonly courtId?: string;
}

export type DeviceEvent =
  | DomainEvent<
      "DeviceRegistered",
      {
        readonly belongs: Belongs;
        readonly kind: DeviceKind;
        readonly label: string;
        readonly officerId?: string;
      }
    >
  | DomainEvent<"DeviceEnrolled", Record<string, never>>
  | DomainEvent<"DeviceRevoked", Record<string, never>>;

/** The court a device will belong to: its officer's, or the one named for a wall screen. */
const courtOf = (payload: RegisterDevice, state: StateReader): string | undefined =>
  payload.kind === "KIOSK"
    ? payload.courtId
    : state.get("officer", payload.officerId ?? "")?.courtId;

function register({
  id,
  payload,
  state,
}: DecideInput<Device, RegisterDevice>): Decision<DomainEvent> {
  const { kind, label, officerId } = payload;
  if ((kind === "KIOSK") === (officerId !== undefined)) {
    return refuse("DEVICE_SPEAKS_FOR_ONE", { ruleId: "REG-8" });
  }
  // Their desk is all that they speak from (authority.md 5.2): a phone would be a second door.
  if (officerId !== undefined && isOfUnit(state, officerId)) {
    return refuse("NO_DEVICE_FOR_UNIT", { ruleId: "UNIT-12" });
  }
  const courtId = courtOf(payload, state);
  if (courtId === undefined || !state.get("court", courtId)) {
    return refuse(kind === "KIOSK" ? "NO_SUCH_COURT" : "NO_SUCH_OFFICER");
  }
  return accept({
    type: "DeviceRegistered",
    ref: { type: "device", id },
    data: {
      belongs: belongsTo(state, courtId),
      kind,
      label,
      ...(officerId ? { officerId } : {}),
    },
  } satisfies DeviceEvent);
}

const isOfUnit = (state: StateReader, officerId: string): boolean =>
  state.get("officer", officerId)?.unitId !== undefined;

const notRevoked = (device: Device) =>
  device.status === "REVOKED" ? refusal("DEVICE_REVOKED", { ruleId: "REG-9" }) : undefined;

export const DEVICE_COMMANDS: CommandSpecs<Device> = {
  "device.register": command<Device, RegisterDevice>({
    nature: "REQUEST",
    target: "NEW",
    bySystem: true,
    courtOf,
    decide: register,
  }),
  "device.enrolled": command<Device, Record<string, never>>({
    nature: "SYSTEM",
    target: "EXISTING",
    guard: notRevoked,
    decide: ({ id }) =>
      accept({
        type: "DeviceEnrolled",
        ref: { type: "device", id },
        data: {},
      } satisfies DeviceEvent),
  }),
  "device.revoke": command<Device, Record<string, never>>({
    nature: "REQUEST",
    target: "EXISTING",
    guard: notRevoked,
    decide: ({ id }) =>
      accept({
        type: "DeviceRevoked",
        ref: { type: "device", id },
        data: {},
      } satisfies DeviceEvent),
  }),
};

export const DEVICE_REFUSALS: Readonly<Record<string, RefusalText>> = {
  DEVICE_SPEAKS_FOR_ONE: {
    what: {
      zh: "手机和定位器须归一名人员，大屏终端须归一个法院",
      en: "A phone or tracker speaks for one officer, a wall screen for one court",
    },
    fix: { zh: "请核对终端类型和归属", en: "Check the device's kind and owner" },
  },
  NO_DEVICE_FOR_UNIT: {
    what: {
      zh: "联动单位人员不登记终端",
      en: "No device is registered for people of a linked unit",
    },
    fix: { zh: "请在本单位席位登录", en: "They sign in at their unit's desk" },
  },
  DEVICE_REVOKED: {
    what: { zh: "该终端已注销", en: "The device has been revoked" },
    fix: { zh: "请重新登记终端", en: "Register the device anew" },
  },
};
