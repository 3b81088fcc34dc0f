import { consolesUpward } from "../court/consoles.ts";
import type { DomainEvent, EventMeta } from "../kernel/event.ts";
import type { EntityModule } from "../kernel/module.ts";
import { newRecord } from "../kernel/new-record.ts";
import { DEVICE_COMMANDS, DEVICE_REFUSALS, type DeviceEvent } from "./commands.ts";
import type { Device } from "./state.ts";

type Later = Exclude<DeviceEvent, { type: "DeviceRegistered" }>;

function evolve(device: Device | undefined, raw: DomainEvent, meta: EventMeta): Device {
  const event = raw as DeviceEvent;
  if (event.type === "DeviceRegistered") {
    const { belongs, ...content } = event.data;
    return {
      ...newRecord("device", event.ref.id, belongs, meta),
      ...content,
      status: "REGISTERED",
    };
  }
  if (!device) throw new Error(`${event.type} before DeviceRegistered`);
  return changed(device, event, meta);
}

function changed(device: Device, event: Later, meta: EventMeta): Device {
  switch (event.type) {
    case "DeviceEnrolled":
      return { ...device, status: "ENROLLED", enrolledAt: meta.at };
    case "DeviceRevoked":
      return { ...device, status: "REVOKED" };
  }
}

/** Of a wall screen only what it is called and whether it is in use. */
function project({ kind, courtId, label, status, officerId, enrolledAt }: Device) {
  const brief = { courtId, kind, label, status };
  if (kind === "KIOSK") return brief;
  return {
    ...brief,
    ...(officerId ? { officerId } : {}),
    ...(enrolledAt !== undefined ? { enrolledAt } : {}),
  };
}

export const deviceModule: EntityModule<"device"> = {
  type: "device",
  eventTypes: ["DeviceRegistered", "DeviceEnrolled", "DeviceRevoked"],
  commands: DEVICE_COMMANDS,
  refusals: DEVICE_REFUSALS,
  evolve,
  standing: (device) => device.status,
  parts: () => ({}),
  links: (device) => [
    `court:${device.courtId}`,
    ...(device.officerId ? [`officer:${device.officerId}`] : []),
  ],
  live: (device) => device.status !== "REVOKED",
  dependents: () => [],
  deadlines: () => [],
  audiences: (device, state) => consolesUpward(state, device.courtId),
  project,
  line: () => undefined,
};
