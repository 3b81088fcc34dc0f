/** One piece of a byte stream: a whole WebSocket frame, or the HTTP answer before the first. */
interface Piece {
  readonly bytes: Buffer;
  /** Of an unmasked, unfragmented text frame. */
  readonly text?: string;
}

const TEXT_AND_FINAL = 0x81;
const LENGTH_BITS = 0x7f;

/**
 * Cuts what a server sends into HTTP head and WebSocket frames, whatever the chunks are. Frames of a
 * server are never masked, and these are never compressed.
 */
export function splitFrames(): (chunk: Buffer) => Piece[] {
  let held = Buffer.alloc(0);
  let isUpgraded = false;
  const take = (count: number): Buffer => {
    const bytes = held.subarray(0, count);
    held = held.subarray(count);
    return bytes;
  };
  return (chunk) => {
    held = Buffer.concat([held, chunk]);
    if (isUpgraded) return framesOf(take, () => held);
    if (held.subarray(0, UPGRADE.length).toString("latin1") !== UPGRADE)
      return [{ bytes: take(held.length) }];
    const end = held.indexOf("\r\n\r\n");
    if (end < 0) return [];
    isUpgraded = true;
    return [{ bytes: take(end + 4) }, ...framesOf(take, () => held)];
  };
}

const UPGRADE = "HTTP/1.1 101";

/** The frames that have come in whole. */
function framesOf(take: (count: number) => Buffer, held: () => Buffer): Piece[] {
  const pieces: Piece[] = [];
  for (;;) {
    const bytes = held();
    const size = frameSize(bytes);
    if (size === undefined || size > bytes.length) return pieces;
    const isText = bytes[0] === TEXT_AND_FINAL;
    const text = isText ? bytes.subarray(headerSize(bytes), size).toString("utf8") : undefined;
    pieces.push({ bytes: take(size), ...(text === undefined ? {} : { text }) });
  }
}

const headerSize = (bytes: Buffer): number => {
  const length = (bytes[1] ?? 0) & LENGTH_BITS;
  if (length === 126) return 4;
  return length === 127 ? 10 : 2;
};

/** Undefined while the length itself has not come in. */
function frameSize(bytes: Buffer): number | undefined {
  const start = headerSize(bytes);
  if (bytes.length < start) return undefined;
  const length = (bytes[1] ?? 0) & LENGTH_BITS;
  if (length === 126) return start + bytes.readUInt16BE(2);
  return start + (length === 127 ? Number(bytes.readBigUInt64BE(2)) : length);
}
