import "../../../styles/tokens.css";
import "../../../styles/base.css";
import "../../../styles/ui.css";
import { createRoot } from "react-dom/client";
import type { PutRecord } from "../../../../shared/wire/live.ts";
import { composePage, type Page } from "../../../compose.ts";
import { duty as dutyEn } from "../../../i18n/en/duty.ts";
import { field as fieldEn } from "../../../i18n/en/field.ts";
import { addTexts } from "../../../i18n/i18n.ts";
import { duty } from "../../../i18n/zh/duty.ts";
import { field } from "../../../i18n/zh/field.ts";
import { createCommands } from "../../../link/commands.ts";
import { LinkProvider } from "../../../link/link-context.tsx";
import { createOutbox, type Outbox } from "../../../link/outbox.ts";
import { OutboxProvider } from "../../../link/outbox-context.tsx";
import { memoryOutboxDb } from "../../../link/outbox-db.ts";
import { createShelf } from "../../../link/outbox-store.ts";
import type { Roads } from "../../../link/roads.ts";
import { createSosKeys } from "../../../link/sos-keys.ts";
import { SosKeysProvider } from "../../../link/sos-keys-context.tsx";
import type { SosRoad } from "../../../link/sos-road.ts";
import type { Link } from "../../../link/start-link.ts";
import { PageProviders } from "../../../PageProviders.tsx";
import { withSnapshot } from "../../../store/records.ts";
import type { Device } from "../device.ts";
import { FieldFace } from "../FieldFace.tsx";
import * as some from "./fixtures.ts";

/** Opens one situation: `?s=scene&theme=light&lang=en&offline=1`. Development only. */
const query = new URLSearchParams(location.search);
const situation = query.get("s") ?? "enroute";
const offline = query.has("offline");

function recordsOf(now: number, ids: readonly string[]): PutRecord[] {
  const duty = situation === "offduty" ? "OFF_DUTY" : "DEPLOYED";
  const base = some.officers(duty);
  const held = [...base, some.operation(now, "EXECUTING"), some.compel(now), some.detain(now)];
  const known: Readonly<Record<string, PutRecord[]>> = {
    empty: base,
    offduty: base,
    approved: [...base, some.operation(now, "APPROVED"), some.approvedDetain],
    enroute: [...base, some.operation(now, "EN_ROUTE"), ...some.messages(now)],
    scene: [...base, some.operation(now, "ON_SCENE"), some.policeRequest(now)],
    executing: [...held, some.approvedDetain],
    paused: [...base, some.paused(now)],
    pauseConfirmed: [...base, some.pauseConfirmed(now)],
    sosStored: [...held, some.incident(now, ids, "stored")],
    sosSeen: [...held, some.incident(now, ids, "seen")],
    sosAcked: [...held, some.incident(now, ids, "acked")],
  };
  return known[situation] ?? base;
}

const device: Device = {
  geo: {
    secure: situation !== "insecure",
    supported: true,
    watch: (got) => {
      const fix = () =>
        got({
          timestamp: Date.now(),
          coords: {
            latitude: 30.6048,
            longitude: 114.2995,
            accuracy: 8,
            speed: 1,
            heading: 90,
          },
        });
      setTimeout(fix, 0);
      const timer = setInterval(fix, 2_000);
      return () => clearInterval(timer);
    },
    ask: () => undefined,
  },
  vibrate: () => undefined,
  batteryPct: () => 63,
  keepAwake: (changed) => {
    changed(true);
    return () => changed(false);
  },
  canKeepAwake: true,
};

/** Nothing arrives, or everything in a second that the records do not show yet. */
const roads: Roads = {
  deliver: async (envelope) =>
    query.has("deliver")
      ? {
          kind: "answer",
          answer: { id: envelope.id, outcome: "ACCEPTED", seq: 10, hash8: "0", at: Date.now() },
        }
      : { kind: "none", failure: { status: 0, code: "OFFLINE" } },
  bySocket: async () => undefined,
  byPost: (envelope) => roads.deliver(envelope),
};

function connect(page: Page, now: number, ids: readonly string[]): void {
  const { stores } = page;
  if (situation === "signedOut") {
    stores.connection.setState({ connection: { kind: "signed-out" } });
    return;
  }
  stores.session.setState({
    hello: some.hello(now, (query.get("roles") ?? "JUDICIAL_POLICE,EXECUTOR").split(",")),
  });
  if (situation === "loading") {
    stores.connection.setState({ connection: { kind: "connecting", tries: 0 } });
    return;
  }
  const put = recordsOf(now, ids);
  stores.records.setState((s) => withSnapshot(s, { to: 9, hash8: "00000000", at: now, put }));
  const heardAt = query.has("stale") ? now - 50_000 : now;
  stores.connection.setState({
    connection: offline ? { kind: "connecting", tries: 3 } : { kind: "live", sinceMs: now },
    freshness: query.has("stale") ? "stale" : "fresh",
    heardAt,
  });
}

async function fill(outbox: Outbox): Promise<readonly string[]> {
  const ids: string[] = [];
  if (offline) {
    await outbox.submit({ kind: "operation.arrive", ref: { type: "operation", id: "op-9" } });
    await outbox.submit({
      kind: "police.send",
      ref: { type: "police", id: "p-9" },
      payload: { kind: "SCENE_SUPPORT" },
    });
  }
  if (situation.startsWith("sos")) {
    const sos = { kind: "incident.sos", ref: { type: "incident", id: "i-1" } } as const;
    ids.push((await outbox.submit(sos, { urgent: true })).id);
  }
  return ids;
}

async function start(root: HTMLElement): Promise<void> {
  const tokens = { kiosk: undefined, device: undefined, setDevice: () => undefined };
  const page = composePage(tokens, "field");
  addTexts(page.texts, "field", { zh: field, en: fieldEn });
  addTexts(page.texts, "duty", { zh: duty, en: dutyEn });
  const { stores, platform, api } = page;
  stores.ui.getState().setTheme(query.get("theme") === "light" ? "light" : "dark");
  stores.ui.getState().setLanguage(query.get("lang") === "en" ? "en" : "zh");
  const link: Link = {
    commands: createCommands(stores, platform, roads),
    roads,
    socket: () => undefined,
    soon: () => undefined,
    stop: () => undefined,
  };
  const db = { ...memoryOutboxDb(), durable: true };
  const owner = () => stores.session.getState().hello?.officerId;
  const subtle = situation === "insecure" ? undefined : crypto.subtle;
  const enrolSosKey = async () => ({ ok: true, value: { keyId: "key" } }) as const;
  const keys = await createSosKeys({ db: undefined, api: { enrolSosKey }, platform, subtle });
  if (!query.has("nokey")) await keys.ensure("o-wang");
  keys.name("o-wang", "周警官");
  const shelf = createShelf(db);
  const sos: SosRoad = {
    knows: () => true,
    deliver: (envelope, owner) => roads.deliver(envelope, owner),
  };
  const holder = () => "o-wang";
  const outbox = createOutbox({ shelf, roads, sos, api, stores, platform, owner, holder });
  connect(page, Date.now(), await fill(outbox));
  createRoot(root).render(
    <PageProviders page={page}>
      <LinkProvider services={{ link, api, tokens }}>
        <OutboxProvider outbox={outbox}>
          <SosKeysProvider keys={keys}>
            <FieldFace device={device} />
          </SosKeysProvider>
        </OutboxProvider>
      </LinkProvider>
    </PageProviders>,
  );
}

const root = document.getElementById("root");
if (root) void start(root);
