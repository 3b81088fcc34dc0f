import { createHash } from "node:crypto";
import type { Command } from "../../shared/domain/kernel/command.ts";
import { occurredFrom } from "../../shared/domain/kernel/occurred.ts";
import { type Refusal, refusal } from "../../shared/domain/kernel/refusal.ts";
import { getRef, type StateReader } from "../../shared/domain/kernel/state.ts";
import { commandEntry, isEntityType } from "../../shared/domain/modules.ts";
import { canonicalJson } from "../../shared/wire/canonical-json.ts";
import { type CommandEnvelope, commandEnvelope } from "../../shared/wire/command.ts";
import { liftedFields } from "../../shared/wire/free-text.ts";
import { PAYLOADS } from "../../shared/wire/payloads.ts";
import { SOS_KIND } from "../../shared/wire/sos.ts";
import type { Vault } from "../vault/vault.ts";
import type { Origin } from "./api.ts";
import { hasForbiddenKey } from "./forbidden-key.ts";
import type { PreparedCommand } from "./pending.ts";
import { salvagedPayload, salvagedSos } from "./sos-envelope.ts";
import { type Texts, textId } from "./texts.ts";

export type Prepared =
  | { readonly ok: true; readonly prepared: PreparedCommand }
  | { readonly ok: false; readonly id: string; readonly refusal: Refusal };

const isMisdirectedSos = ({ kind, ref }: CommandEnvelope): boolean =>
  kind === SOS_KIND && ref.type !== "incident";

/**
 * From what came over the network to a command that can be decided: envelope and payload parsed,
 * free text lifted into the vault, the hash over what was fixed when the command was made.
 */
export async function prepare(
  raw: unknown,
  from: Origin,
  receivedAt: number,
  deps: { readonly world: StateReader; readonly vault: Vault; readonly texts: Texts },
): Promise<Prepared> {
  const envelope = commandEnvelope.safeParse(raw);
  const whole = envelope.success && !hasForbiddenKey(raw) && !isMisdirectedSos(envelope.data);
  const data = whole ? envelope.data : salvagedSos(raw);
  if (!data) return { ok: false, id: idOf(raw), refusal: malformed(envelope.error?.issues[0]) };
  const schema = PAYLOADS[data.kind];
  const entry = commandEntry(data.kind);
  if (!schema || !entry || !isEntityType(data.ref.type) || entry.type !== data.ref.type) {
    return {
      ok: false,
      id: data.id,
      refusal: refusal("UNKNOWN_COMMAND", { params: { kind: data.kind } }),
    };
  }
  const parsed = schema.safeParse(data.payload);
  // A call for help is never swallowed because an optional field is wrong: it goes on without it.
  const bare = data.kind === SOS_KIND ? salvagedPayload(data.payload) : undefined;
  const payload = parsed.success ? parsed.data : bare;
  if (payload === undefined)
    return { ok: false, id: data.id, refusal: malformed(parsed.error?.issues[0]) };
  const lifted = await liftTexts(data, payload, liftedFields(schema), deps);
  const command: Command = {
    id: data.id,
    kind: data.kind,
    ref: { type: data.ref.type, id: data.ref.id },
    payload: lifted,
    ...(data.rev === undefined ? {} : { rev: data.rev }),
    knownSeq: data.knownSeq,
    ...(from.unverified && data.kind === SOS_KIND ? { unverified: true } : {}),
  };
  return { ok: true, prepared: preparedFrom(command, data, from, receivedAt) };
}

function preparedFrom(
  command: Command,
  data: CommandEnvelope,
  from: Origin,
  receivedAt: number,
): PreparedCommand {
  const { deviceAt, ageMs, statedAt } = data;
  const fixed = {
    kind: command.kind,
    ref: command.ref,
    payload: command.payload,
    rev: command.rev,
    deviceAt,
    statedAt,
  };
  return {
    command,
    actor: from.officerId,
    session: from.session,
    ...(from.device === undefined ? {} : { device: from.device }),
    knownAt: data.knownAt,
    receivedAt,
    occurred: occurredFrom({ knownAt: data.knownAt, receivedAt, deviceAt, ageMs, statedAt }),
    payloadHash: createHash("sha256").update(canonicalJson(fixed)).digest("hex"),
  };
}

/** Puts each free text under the key of its case (or record) and leaves a reference in its place. */
async function liftTexts(
  data: CommandEnvelope,
  payload: Record<string, unknown>,
  fields: readonly string[],
  deps: { readonly world: StateReader; readonly vault: Vault; readonly texts: Texts },
): Promise<Record<string, unknown>> {
  const lifted = { ...payload };
  for (const field of fields) {
    const text = payload[field];
    if (typeof text !== "string") continue;
    const id = textId(data.id, field);
    lifted[field] = await deps.vault.putText(id, textScope(data, payload, deps.world), text);
    deps.texts.remember(id, text);
  }
  return lifted;
}

function textScope(
  data: CommandEnvelope,
  payload: Record<string, unknown>,
  world: StateReader,
): string {
  const record = isEntityType(data.ref.type)
    ? getRef(world, { type: data.ref.type, id: data.ref.id })
    : undefined;
  const about = payload.about as { caseNo?: unknown } | undefined;
  const known = (record as { caseNo?: string } | undefined)?.caseNo;
  const caseNo = payload.caseNo ?? about?.caseNo ?? known;
  return typeof caseNo === "string" ? `case:${caseNo}` : `record:${data.ref.type}:${data.ref.id}`;
}

const idOf = (raw: unknown): string => {
  const id = (raw as { id?: unknown } | null)?.id;
  return typeof id === "string" && id.length <= 160 ? id : "";
};

function malformed(issue: { path: PropertyKey[]; message: string } | undefined): Refusal {
  const field = issue?.path.map(String).join(".") || "-";
  return refusal("MALFORMED", {
    params: {
      field: field.slice(0, 80),
      problem: (issue?.message ?? "forbidden key").slice(0, 160),
    },
  });
}
