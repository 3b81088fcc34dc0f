import { Input } from "antd";
import type { Controlled } from "./FieldInput.tsx";

const OFFSET_MS = 8 * 3_600_000;

/** Courts of the province keep one time, whatever the device thinks. */
export const toLocal = (at: number): string => new Date(at + OFFSET_MS).toISOString().slice(0, 16);

/** Server ms; nothing while it is not a whole date and time. */
export function fromLocal(local: string): number | undefined {
  const at = Date.parse(`${local}:00+08:00`);
  return Number.isNaN(at) ? undefined : at;
}

export function MomentInput({ value, onChange, ...controlled }: Controlled) {
  const at = value as number | undefined;
  return (
    <Input
      {...controlled}
      type="datetime-local"
      value={at === undefined ? "" : toLocal(at)}
      onChange={(event) => onChange?.(fromLocal(event.target.value))}
    />
  );
}
