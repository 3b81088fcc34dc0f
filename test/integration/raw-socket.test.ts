import { createServer, type Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import { sharedFrame, sharedText } from "../../server/edge/shared-frames.ts";
import { openRawSocket } from "../bench/raw-socket.ts";
import { freePort } from "../support/server/free-port.ts";

let stop: () => void = () => undefined;
afterEach(() => stop());

/** Says the bytes of a server, in pieces of that size, whatever it hears. */
async function talking(pieces: readonly Buffer[], size: number) {
  const port = await freePort();
  const heard: Buffer[] = [];
  const server = createServer((socket: Socket) => {
    socket.on("data", (chunk) => heard.push(chunk));
    socket.on("error", () => undefined);
    const bytes = Buffer.concat(pieces.slice(1));
    socket.write(pieces[0] ?? Buffer.alloc(0));
    for (let at = 0; at < bytes.length; at += size) socket.write(bytes.subarray(at, at + size));
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  stop = () => server.close();
  return { port, heard };
}

const text = (said: string): Buffer => {
  const bytes = Buffer.from(said);
  return Buffer.concat([Buffer.of(0x81, bytes.length), bytes]);
};

test.each([1, 7, 70_000])(
  "BENCH-7 reads texts, lengths and whole messages from pieces of %i bytes, and answers a ping",
  async (size) => {
    const payload = Buffer.alloc(66_000, 7);
    const { port, heard } = await talking(
      [
        Buffer.from("HTTP/1.1 101 Switching Protocols\r\n\r\n"),
        text('0{"sid":"x"}'),
        text('40{"sid":"y"}'),
        sharedFrame(payload.subarray(0, 100)).framed[0],
        text("2"),
        sharedFrame(payload.subarray(0, 300)).framed[0],
        sharedText("patch", '"中"').options.wsPreEncodedFrame?.[0] ?? Buffer.alloc(0),
        sharedFrame(payload).framed[0],
      ],
      size,
    );
    const binaries: [number, boolean | undefined][] = [];
    const texts: string[] = [];
    const socket = await openRawSocket({
      port,
      path: "/",
      auth: { seat: "console" },
      isWhole: true,
      onBinary: (length, whole) => binaries.push([length, whole?.every((byte) => byte === 7)]),
      onText: (said) => texts.push(said),
    });
    await expect
      .poll(() => binaries)
      .toEqual([
        [100, true],
        [300, true],
        [66_000, true],
      ]);
    expect(texts).toEqual(['42["patch","中"]']);
    await expect
      .poll(() => Buffer.concat(heard).toString("latin1"))
      .toContain('40{"seat":"console"}');
    const pong = Buffer.of(0x81, 0x81, 0, 0, 0, 0, 0x33);
    expect(Buffer.concat(heard).includes(pong)).toBe(true);
    socket.end();
  },
);
