import "../../../styles/tokens.css";
import "../../../styles/base.css";
import "../../../styles/ui.css";
import { createRoot } from "react-dom/client";
import type { PutRecord } from "../../../../shared/wire/live.ts";
import { composePage, type Page } from "../../../compose.ts";
import { addTexts } from "../../../i18n/i18n.ts";
import { createCommands } from "../../../link/commands.ts";
import { LinkProvider } from "../../../link/link-context.tsx";
import type { Delivery, Roads } from "../../../link/roads.ts";
import type { Link } from "../../../link/start-link.ts";
import { PageProviders } from "../../../PageProviders.tsx";
import { withPatch, withSnapshot } from "../../../store/records.ts";
import { ConsoleFace } from "../ConsoleFace.tsx";
import { CONSOLE_TEXTS } from "../console-texts.ts";
import * as some from "./fixtures.ts";

/** Opens one situation: `?s=day&role=PRESIDENT&answer=stale`. Development only, never built. */
const query = new URLSearchParams(location.search);
const situation = query.get("s") ?? "day";

function recordsOf(now: number): PutRecord[] {
  const people = [...some.courts, ...some.officers, some.unit];
  const work = [some.operation(), some.compel(now), some.police(now), some.order(now)];
  const known: Readonly<Record<string, PutRecord[]>> = {
    empty: people,
    day: [...people, ...work],
    sos: [...people, ...work, some.sos(now)],
    overtime: [...people, ...work, some.compel(now, 8.2 * 3_600_000)],
    crowd: [...people, ...work, ...some.crowd(now, 400)],
  };
  return known[situation] ?? people;
}

/** What the server would say: accepted, refused as stale, or nothing at all. */
function answer(id: string, seq: number): Delivery {
  const hash8 = "00000000";
  switch (query.get("answer")) {
    case "stale":
      return {
        kind: "answer",
        answer: { id, outcome: "REFUSED", seq, hash8, refusal: { code: "STALE" } },
      };
    case "offline":
      return { kind: "none", failure: { status: 0, code: "OFFLINE" } };
    default:
      return { kind: "answer", answer: { id, outcome: "ACCEPTED", seq: seq + 1, hash8 } };
  }
}

function start(page: Page): Link {
  const { stores, platform } = page;
  const now = Date.now();
  const span = { hash8: "00000000", at: now };
  const view = { wire: 1, view: "console:basic-0", seat: "console", courtId: "basic-0" } as const;
  stores.clock.observe(now);
  stores.session.setState({
    hello: {
      ...view,
      courtName: "武汉市江岸区人民法院",
      officerId: "o-0",
      roles: [query.get("role") ?? "DUTY_OFFICER"],
      sessionId: "s",
      deployment: "harness",
      mode: "DEMO",
      at: now,
      heartbeatMs: 2_000,
    },
  });
  if (situation !== "loading") {
    const put = recordsOf(now);
    stores.records.setState((s) => withSnapshot(s, { ...span, to: 1, put }));
  }
  const heardAt = query.has("stale") ? now - 60_000 : now;
  const freshness = query.has("stale") ? "stale" : "fresh";
  const connection = { kind: "live", sinceMs: heardAt } as const;
  stores.connection.setState({ connection, heardAt, freshness });
  const roads: Roads = {
    deliver: async ({ id }) => {
      if (query.get("answer") === "stale") changeOperation(page);
      return answer(id, 1);
    },
    bySocket: async () => undefined,
    byPost: (envelope) => roads.deliver(envelope),
  };
  const commands = createCommands(stores, platform, roads);
  return { commands, roads, socket: () => undefined, soon: () => undefined, stop: () => undefined };
}

/** Meanwhile somebody else acted: what a STALE answer is about. */
function changeOperation({ stores }: Page): void {
  const put = [{ ...some.operation("PAUSED"), rev: 2 }];
  const span = { from: 1, to: 2, hash8: "00000000", at: Date.now(), del: [], lines: [] };
  stores.records.setState((s) => withPatch(s, { ...span, put }));
}

const tokens = { kiosk: undefined, device: undefined, setDevice: () => undefined };
const page = composePage(tokens, "console");
for (const [ns, texts] of Object.entries(CONSOLE_TEXTS)) addTexts(page.texts, ns, texts);
const link = start(page);
const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <PageProviders page={page}>
      <LinkProvider services={{ link, api: page.api, tokens: page.tokens }}>
        <ConsoleFace />
      </LinkProvider>
    </PageProviders>,
  );
}
