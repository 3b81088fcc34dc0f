import { EventEmitter } from "node:events";
import type { IncomingMessage } from "node:http";
import type { Socket } from "socket.io";
import { describe, expect, test } from "vitest";
import {
  createConnectionBounds,
  MOST_SOCKETS_OF_ONE,
  MOST_WAITING_OF_ADDRESS,
} from "../../server/edge/live/connection-bounds.ts";
import type { SignedIn } from "../../server/edge/sessions.ts";

type Connection = Socket["conn"];

const connection = (remoteAddress = "10.0.0.1") =>
  Object.assign(new EventEmitter(), { remoteAddress, readyState: "open" }) as unknown as Connection;
const from = (remoteAddress: string) => ({ socket: { remoteAddress } }) as IncomingMessage;
const person = (officerId: string) =>
  ({ subject: { kind: "person", officerId, login: officerId } }) as SignedIn;

describe("how many connections there may be", () => {
  test("NET-21 given an address with too many that are not let in, then its next may not knock, another's may, and when one is let in or gone there is room", () => {
    const bounds = createConnectionBounds(true, () => 0);
    const waiting = Array.from({ length: MOST_WAITING_OF_ADDRESS }, () => connection());
    for (const conn of waiting) bounds.knocked(conn);
    expect([bounds.mayKnock(from("10.0.0.1")), bounds.mayKnock(from("10.0.0.2"))]).toEqual([
      false,
      true,
    ]);
    // The same host in other clothes.
    expect(bounds.mayKnock(from("::ffff:10.0.0.1"))).toBe(false);
    waiting[0]?.emit("close", "transport close");
    expect(bounds.mayKnock(from("10.0.0.1"))).toBe(true);
    bounds.knocked(connection());
    expect(bounds.mayKnock(from("10.0.0.1"))).toBe(false);
    const [, inside] = waiting;
    if (inside) bounds.enter(inside, person("a"));
    expect(bounds.mayKnock(from("10.0.0.1"))).toBe(true);
  });

  test("NET-21 given a trusted proxy in front, then addresses are not counted", () => {
    const bounds = createConnectionBounds(false, () => 0);
    for (let i = 0; i <= MOST_WAITING_OF_ADDRESS; i += 1) bounds.knocked(connection());
    expect(bounds.mayKnock(from("10.0.0.1"))).toBe(true);
  });

  test("NET-21 given a person with too many sockets, then the next is not let in until one is gone, and all share one budget", () => {
    const bounds = createConnectionBounds(true, () => 0);
    const open = Array.from({ length: MOST_SOCKETS_OF_ONE }, () => connection());
    const budgets = new Set(open.map((conn) => bounds.enter(conn, person("a"))));
    expect(budgets.size).toBe(1);
    expect(bounds.enter(connection(), person("a"))).toBeUndefined();
    expect(bounds.enter(connection(), person("b"))).toBeDefined();
    open[0]?.emit("close", "transport close");
    expect(bounds.enter(connection(), person("a"))).toBe([...budgets][0]);
  });
});
