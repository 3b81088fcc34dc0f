import { Input } from "antd";
import { chinaInput } from "../../../ui/china-time.ts";
import type { Controlled } from "./FieldInput.tsx";

/** A date and time as the courts' clocks show it; a form that begins with one may give server ms. */
export function MomentInput({ value, onChange, ...controlled }: Controlled) {
  const said = value as number | string | undefined;
  return (
    <Input
      {...controlled}
      type="datetime-local"
      value={typeof said === "number" ? chinaInput(said) : (said ?? "")}
      onChange={(event) => onChange?.(event.target.value)}
    />
  );
}
