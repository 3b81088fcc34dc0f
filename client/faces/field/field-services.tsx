import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { useStore } from "zustand";
import type { Api } from "../../link/api.ts";
import { useLink } from "../../link/link-context.tsx";
import type { Outbox } from "../../link/outbox.ts";
import { useOutbox } from "../../link/outbox-context.tsx";
import type { Link } from "../../link/start-link.ts";
import { browserPlatform, type Platform } from "../../store/platform.ts";
import type { Stores } from "../../store/stores.ts";
import { useStores } from "../../store/stores-context.tsx";
import { type Device, keepingAwake } from "./device.ts";
import { myOperations } from "./my-operation.ts";
import { createBufferStorage } from "./position/buffer-storage.ts";
import {
  createPositionShare,
  type PositionShare,
  type PositionState,
} from "./position/position-share.ts";
import { sendBySocket } from "./position/send-batch.ts";
import { sendReceipts } from "./receipts.ts";
import { goTo } from "./route.ts";
import { learnSosEnds } from "./sos-ends.ts";
import { createHold, type Hold } from "./sos-hold.ts";
import { sosRequest } from "./sos-request.ts";

/** What this face keeps running while its page is open. */
export interface FieldServices {
  readonly platform: Platform;
  readonly device: Device;
  readonly position: PositionShare;
  readonly awake: ReturnType<typeof keepingAwake>;
  readonly hold: Hold;
  stop(): void;
}

interface Surroundings {
  readonly stores: Stores;
  readonly link: Link;
  readonly api: Api;
  readonly outbox: Outbox;
}

function createServices(around: Surroundings, device: Device): FieldServices {
  const { stores, link, api, outbox } = around;
  const platform = browserPlatform();
  const storage = createBufferStorage(platform, localStorage);
  const send = sendBySocket(() => link.socket(), platform);
  const { geo, batteryPct } = device;
  const position = createPositionShare({ platform, geo, send, storage, batteryPct });
  const awake = keepingAwake(device, position.store);
  const fire = () => {
    callForHelp(around, platform, device, position.store.getState());
    goTo({ screen: "sos" });
  };
  const hold = createHold(platform, { fire, vibrate: device.vibrate });
  const follow = followOfficer(stores, position);
  const receipts = sendReceipts(stores, outbox);
  const sosEnds = learnSosEnds({ stores, outbox, api });
  const leave = () => storage.flush();
  addEventListener("pagehide", leave);
  return {
    platform,
    device,
    position,
    awake,
    hold,
    stop() {
      removeEventListener("pagehide", leave);
      for (const end of [follow, receipts, sosEnds, awake.stop, hold.stop, position.stop]) end();
    },
  };
}

/** Saved, handed in by both roads, for ever: all that is the outbox's. */
function callForHelp(
  { stores, outbox }: Surroundings,
  platform: Platform,
  device: Device,
  { fix }: PositionState,
): void {
  const me = stores.session.getState().hello?.officerId;
  const operations = stores.records.getState().maps.operation.values();
  const operationId = me === undefined ? undefined : myOperations(operations, me)[0]?.id;
  const known = { fix, batteryPct: device.batteryPct(), operationId };
  void outbox.submit(sosRequest(platform.newId(), known), { urgent: true });
}

/** Duty comes from the server's record: the phone does not decide by itself that it is tracked. */
function followOfficer(stores: Stores, position: PositionShare): () => void {
  const look = () => {
    const id = stores.session.getState().hello?.officerId;
    const record = id === undefined ? undefined : stores.records.getState().maps.officer.get(id);
    position.setOfficer(id, record?.dto.duty);
  };
  look();
  const stopRecords = stores.records.subscribe((now, before) => {
    if (now.maps.officer !== before.maps.officer) look();
  });
  const stopSession = stores.session.subscribe(look);
  return () => {
    stopRecords();
    stopSession();
  };
}

const ServicesContext = createContext<FieldServices | undefined>(undefined);

export function FieldServicesProvider({
  device,
  children,
}: {
  device: Device;
  children: ReactNode;
}) {
  const stores = useStores();
  const { link, api } = useLink();
  const outbox = useOutbox();
  const [services] = useState(() => createServices({ stores, link, api, outbox }, device));
  useEffect(() => () => services.stop(), [services]);
  return <ServicesContext value={services}>{children}</ServicesContext>;
}

export function useField(): FieldServices {
  const services = useContext(ServicesContext);
  if (!services) throw new Error("useField outside FieldServicesProvider");
  return services;
}

export function usePosition<T>(select: (state: PositionState) => T): T {
  return useStore(useField().position.store, select);
}
