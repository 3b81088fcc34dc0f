import { parseArgs } from "node:util";
import * as z from "zod";

export interface MainOptions {
  readonly url: string;
  readonly tokens: string;
  readonly officers: number;
  readonly seed: number;
  readonly speed: number;
  readonly startS: number;
  readonly minutes?: number;
  readonly verbose: boolean;
  /** Process that started it; the simulator ends when that is gone. */
  readonly parent?: number;
}

export const USAGE = `npm run simulate -- --url http://127.0.0.1:3000 --tokens data/demo-devices.json
  [--officers 350] [--seed 7] [--speed 1] [--start 09:00] [--minutes N] [--verbose] [--parent PID]`;

const schema = z.object({
  url: z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/$/, "")),
  tokens: z.string().min(1),
  officers: z.coerce.number().int().min(2).max(5_000),
  seed: z.coerce.number().int().min(0),
  speed: z.coerce.number().positive().max(200),
  start: z
    .string()
    .regex(/^(0[6-9]|1\d|2[01]):[0-5]\d$/, "a time from 06:00 to 21:59")
    .transform((text) => Number(text.slice(0, 2)) * 3_600 + Number(text.slice(3)) * 60),
  minutes: z.coerce.number().positive().optional(),
  verbose: z.boolean(),
  parent: z.coerce.number().int().positive().optional(),
});

/** @returns the options, or one line per wrong one. */
export function readOptions(args: readonly string[]): MainOptions | readonly string[] {
  const { values } = parseArgs({
    args: [...args],
    strict: false,
    options: {
      url: { type: "string", default: "http://127.0.0.1:3000" },
      tokens: { type: "string", default: "data/demo-devices.json" },
      officers: { type: "string", default: "350" },
      seed: { type: "string", default: "7" },
      speed: { type: "string", default: "1" },
      start: { type: "string", default: "09:00" },
      minutes: { type: "string" },
      verbose: { type: "boolean", default: false },
      parent: { type: "string" },
    },
  });
  const read = schema.safeParse(values);
  if (!read.success) {
    return read.error.issues.map(({ path, message }) => `--${path.join(".")}: ${message}`);
  }
  const { start, minutes, parent, ...rest } = read.data;
  return {
    ...rest,
    startS: start,
    ...(parent === undefined ? {} : { parent }),
    ...(minutes === undefined ? {} : { minutes }),
  };
}
