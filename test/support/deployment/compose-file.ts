/** The compose file as Docker Compose reads it: anchors merged, variables that nobody set filled in. */
import { parse } from "yaml";
import { z } from "zod";

const condition = z.enum(["service_started", "service_healthy", "service_completed_successfully"]);

/** Docker chooses the address. */
const NOWHERE: { readonly ipv4_address?: string | undefined } = {};

/** Strict: what is misspelled is no setting of Docker Compose, and would be ignored or refused. */
const service = z.strictObject({
  image: z.string(),
  build: z.string().optional(),
  user: z.string(),
  init: z.boolean().optional(),
  command: z.array(z.string()).optional(),
  read_only: z.literal(true),
  tmpfs: z.array(z.string()),
  cap_drop: z.tuple([z.literal("ALL")]),
  security_opt: z.tuple([z.literal("no-new-privileges:true")]),
  restart: z.enum(["unless-stopped", "no"]),
  pids_limit: z.int().positive(),
  mem_limit: z.string().regex(/^\d+[mg]$/),
  cpus: z.number().positive(),
  ulimits: z.record(z.string(), z.int()).optional(),
  stop_grace_period: z.string().optional(),
  networks: z
    .union([
      z
        .array(z.string())
        .transform((names) => Object.fromEntries(names.map((name) => [name, NOWHERE]))),
      z.record(z.string(), z.strictObject({ ipv4_address: z.string().optional() })),
    ])
    .default({}),
  network_mode: z.literal("none").optional(),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  environment: z.record(z.string(), z.string()).default({}),
  depends_on: z.record(z.string(), z.strictObject({ condition })).default({}),
  healthcheck: z.union([
    z.strictObject({ disable: z.literal(true) }),
    z.strictObject({
      test: z.tuple([z.literal("CMD")], z.string()),
      interval: z.string(),
      timeout: z.string(),
      retries: z.int(),
      start_period: z.string().optional(),
    }),
  ]),
});

const network = z.union([
  z.null(),
  z.strictObject({ internal: z.literal(true) }),
  z.strictObject({
    ipam: z.strictObject({
      config: z.tuple([z.strictObject({ subnet: z.string(), ip_range: z.string() })]),
    }),
  }),
]);

const composeFile = z.strictObject({
  services: z.record(z.string(), service),
  volumes: z.record(z.string(), z.null()),
  networks: z.record(z.string(), network),
});

export type Service = z.infer<typeof service>;
export type ComposeFile = z.infer<typeof composeFile>;

/** @throws ZodError when it holds what Docker Compose would not take, or lacks a bound. */
export function readCompose(text: string): ComposeFile {
  const raw = parse(text, { merge: true }) as Record<string, unknown>;
  const known = Object.entries(raw).filter(([name]) => !name.startsWith("x-"));
  return composeFile.parse(Object.fromEntries(known));
}

/** As Docker Compose fills in a variable that nobody set. */
const filledIn = (value: string): string =>
  value.replace(/\$\{[A-Z][A-Z0-9_]*(?::-([^}]*))?\}/g, "$1");

export const environmentOf = ({
  environment,
}: Pick<Service, "environment">): Record<string, string> =>
  Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, filledIn(value)]));
