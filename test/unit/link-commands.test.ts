import type { Socket } from "socket.io-client";
import { describe, expect, test } from "vitest";
import { createApi } from "../../client/link/api.ts";
import { createCommands } from "../../client/link/commands.ts";
import { createHttp } from "../../client/link/http.ts";
import { createInbox } from "../../client/link/inbox.ts";
import { createRoads, type Delivery } from "../../client/link/roads.ts";
import type { CommandAnswer, CommandEnvelope } from "../../shared/wire/command.ts";
import { fakePlatform, freshStores, hash8, heartbeatOf, helloOf } from "./link-fakes.ts";

const accepted = (id: string, seq: number): CommandAnswer => ({
  id,
  outcome: "ACCEPTED",
  seq,
  hash8: hash8(seq),
});

const ref = { type: "operation", id: "OP1" } as const;

/** A socket whose acks come from `ack`; an ack that throws is one that did not come in time. */
function ackSocket(ack: (envelope: CommandEnvelope) => unknown): Socket {
  const timeout = () => ({ emitWithAck: async (_e: string, body: CommandEnvelope) => ack(body) });
  return { connected: true, timeout } as unknown as Socket;
}

function server(status: number, body: (envelope: CommandEnvelope) => unknown) {
  const posted: CommandEnvelope[] = [];
  const fetcher = async (_path: unknown, init?: RequestInit) => {
    const envelope = JSON.parse(String(init?.body)) as CommandEnvelope;
    posted.push(envelope);
    return new Response(JSON.stringify(body(envelope)), { status });
  };
  const api = createApi(createHttp(fetcher as typeof fetch, () => undefined));
  return { posted, api };
}

function console_(socket: Socket | undefined, api = server(500, () => ({})).api) {
  const platform = fakePlatform();
  const stores = freshStores(platform);
  const inbox = createInbox(stores, "console");
  inbox.happened({ kind: "started" });
  inbox.hello(helloOf());
  inbox.snapshot({ to: 7, hash8: hash8(7), at: 9_000, put: [] });
  const roads = createRoads(() => socket, api);
  const commands = createCommands(stores, platform, roads);
  const isPending = (id: string) => commands.pending.getState().byId.has(id);
  return { platform, inbox, commands, isPending };
}

const answerOf = (delivery: Delivery) => (delivery.kind === "answer" ? delivery.answer : undefined);

describe("a command", () => {
  test("LINK-15 the envelope says what its sender knew", async () => {
    const seen: CommandEnvelope[] = [];
    const { commands, platform } = console_(
      ackSocket((envelope) => {
        seen.push(envelope);
        return accepted(envelope.id, 8);
      }),
    );
    await commands.send({ kind: "operation.pause", ref, payload: { reason: "x" }, rev: 3 }).done;
    expect(seen).toEqual([
      {
        id: "0193a000-0000-7000-8000-000000000001",
        kind: "operation.pause",
        ref,
        payload: { reason: "x" },
        rev: 3,
        knownSeq: 7,
        knownAt: 9_000,
        deviceAt: platform.wallMs(),
        ageMs: 0,
      },
    ]);
  });

  test("LINK-15 without an ack it goes by POST with the same id", async () => {
    const { posted, api } = server(200, (envelope) => accepted(envelope.id, 9));
    const silent = ackSocket(() => {
      throw new Error("operation has timed out");
    });
    const { commands } = console_(silent, api);
    const sent = commands.send({ kind: "operation.pause", ref });
    const answer = answerOf(await sent.done);
    expect(posted.map((e) => e.id)).toEqual([sent.id]);
    expect(answer).toEqual(accepted(sent.id, 9));
  });

  test("LINK-15 an ack about another command is no answer", async () => {
    const { posted, api } = server(200, (envelope) => accepted(envelope.id, 9));
    const { commands } = console_(
      ackSocket(() => accepted("another-id", 1)),
      api,
    );
    await commands.send({ kind: "operation.pause", ref }).done;
    expect(posted.length).toBe(1);
  });

  test("LINK-15 a refusal by POST is an answer, whatever its status", async () => {
    const { api } = server(409, (envelope) => ({
      ...accepted(envelope.id, 9),
      outcome: "REFUSED",
      refusal: { code: "STALE" },
    }));
    const { commands } = console_(undefined, api);
    const answer = answerOf(await commands.send({ kind: "operation.pause", ref }).done);
    expect(answer?.refusal).toEqual({ code: "STALE" });
  });

  test("LINK-15 no network, a broken server and an unreadable command are told apart", async () => {
    const offline = createApi(
      createHttp(
        (async () => {
          throw new TypeError("fetch failed");
        }) as typeof fetch,
        () => undefined,
      ),
    );
    const kinds = [];
    for (const api of [
      offline,
      server(503, () => ({})).api,
      server(400, () => ({ code: "BAD" })).api,
    ]) {
      const done = await console_(undefined, api).commands.send({ kind: "x.y", ref }).done;
      kinds.push(done.kind === "answer" ? "answer" : [done.kind, done.failure.code]);
    }
    expect(kinds).toEqual([
      ["none", "OFFLINE"],
      ["none", "HTTP_503"],
      ["unreadable", "BAD"],
    ]);
  });

  test("LINK-16 it is pending until the cursor has reached its commit", async () => {
    const { commands, isPending, inbox } = console_(ackSocket((e) => accepted(e.id, 12)));
    const sent = commands.send({ kind: "operation.pause", ref });
    expect(isPending(sent.id)).toBe(true);
    await sent.done;
    expect(isPending(sent.id)).toBe(true);
    inbox.heartbeat(heartbeatOf(7, 11));
    expect(isPending(sent.id)).toBe(true);
    inbox.heartbeat(heartbeatOf(11, 12));
    expect(isPending(sent.id)).toBe(false);
  });

  test("LINK-16 a refusal, or no answer at all, frees the control at once", async () => {
    const refused = console_(
      ackSocket((e) => ({ ...accepted(e.id, 12), outcome: "REFUSED", refusal: { code: "STALE" } })),
    );
    const sent = refused.commands.send({ kind: "operation.pause", ref });
    await sent.done;
    expect(refused.isPending(sent.id)).toBe(false);
    const silent = console_(undefined);
    const lost = silent.commands.send({ kind: "operation.pause", ref });
    await lost.done;
    expect(silent.isPending(lost.id)).toBe(false);
  });
});
