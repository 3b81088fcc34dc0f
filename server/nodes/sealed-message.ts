/**
 * What goes over the bus is marked with a key that every node of a log has, made of the vault's: who
 * can write to Redis cannot forge a position or a call for help, and two systems on one Redis never
 * hear each other. A mark of 16 bytes over topic and rest, the sender's boot, its name, the body.
 */
import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import type { BusSender, BusTopic } from "./node-bus.ts";

const MARK_BYTES = 16;
const BOOT_BYTES = 16;
const HEAD_BYTES = MARK_BYTES + BOOT_BYTES + 1;
/** A full picture of 65,536 officers is 1 MB. */
const MOST_BYTES = 4 * 1_048_576;

/** @param log what the log is recognised by: another log has another key. */
export const busKeyOf = (masterKey: Uint8Array, log: string): Buffer =>
  Buffer.from(hkdfSync("sha256", masterKey, log, "node bus 1", 32));

export function sealMessage(
  key: Buffer,
  topic: BusTopic,
  { node, boot }: BusSender,
  body: Uint8Array,
): Buffer {
  const name = Buffer.from(node, "utf8");
  const message = Buffer.alloc(HEAD_BYTES + name.length + body.byteLength);
  Buffer.from(boot, "hex").copy(message, MARK_BYTES, 0, BOOT_BYTES);
  message.writeUInt8(name.length, HEAD_BYTES - 1);
  name.copy(message, HEAD_BYTES);
  message.set(body, HEAD_BYTES + name.length);
  markOf(key, topic, message).copy(message);
  return message;
}

/** Nothing for what was not made by a node of this log. */
export function openMessage(
  key: Buffer,
  topic: BusTopic,
  message: Buffer,
): { readonly from: BusSender; readonly body: Uint8Array } | undefined {
  if (message.length < HEAD_BYTES || message.length > MOST_BYTES) return undefined;
  const isOurs = timingSafeEqual(markOf(key, topic, message), message.subarray(0, MARK_BYTES));
  const bodyAt = HEAD_BYTES + message.readUInt8(HEAD_BYTES - 1);
  if (!isOurs || bodyAt > message.length) return undefined;
  const from = {
    node: message.toString("utf8", HEAD_BYTES, bodyAt),
    boot: message.toString("hex", MARK_BYTES, MARK_BYTES + BOOT_BYTES),
  };
  return { from, body: message.subarray(bodyAt) };
}

const markOf = (key: Buffer, topic: BusTopic, message: Buffer): Buffer =>
  createHmac("sha256", key)
    .update(`${topic}\0`)
    .update(message.subarray(MARK_BYTES))
    .digest()
    .subarray(0, MARK_BYTES);
