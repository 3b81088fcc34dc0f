import type { Socket } from "socket.io";
import { type FrameWebSocket, webSocketOf } from "./frame-writer.ts";
import { type FrameSender, type SharedText, senderOf } from "./shared-frames.ts";

/**
 * Writes texts that go to many sockets. Engine.IO's own road costs each of them twice what the write
 * itself does, and a call for help has a thousand to reach; so while nothing waits in Engine.IO the
 * finished frame goes straight to the WebSocket. What Engine.IO is given later is written later, and
 * what it still holds comes first: the order is the same on either road.
 */

export type TextWriter = (text: SharedText) => void;

interface Road {
  readonly webSocket: FrameWebSocket;
  readonly sender: FrameSender;
}

/** What is used of Engine.IO's connection; `writeBuffer` is a private member. */
interface Queue {
  readonly readyState: string;
  /** Absent where Engine.IO keeps it elsewhere: nothing goes past it then. */
  readonly writeBuffer?: readonly unknown[];
  readonly transport: { readonly writable: boolean };
}

/** The writer of one socket's texts: one per socket, for it listens. */
export function textWriter({ conn }: Pick<Socket, "conn">): TextWriter {
  const queue = conn as unknown as Queue;
  let road: Road | "NONE" | undefined;
  // From polling to a WebSocket: another transport is another road.
  conn.on("upgrade", () => {
    road = undefined;
  });
  return ({ packet, options }) => {
    const framed = options.wsPreEncodedFrame;
    road ??= roadOf(conn);
    if (framed && road !== "NONE" && isFree(queue) && road.webSocket.readyState === WS_OPEN)
      road.sender.sendFrame(framed);
    else conn.write(packet, options as object);
  };
}

const WS_OPEN = 1;

/** Nothing is before us: neither in the queue nor on its way from there to the WebSocket. */
const isFree = ({ readyState, writeBuffer, transport }: Queue): boolean =>
  readyState === "open" && transport.writable && writeBuffer?.length === 0;

function roadOf(conn: Socket["conn"]): Road | "NONE" {
  const webSocket = webSocketOf({ conn });
  const sender = webSocket && senderOf(webSocket);
  return sender ? { webSocket, sender } : "NONE";
}
