import { v7 } from "uuid";
import type { CommandEnvelope } from "../../../shared/wire/command.ts";
import { sosText } from "../../../shared/wire/sos.ts";
import { envelope } from "./envelope.ts";
import { type Credentials, type HttpAnswer, request } from "./http-client.ts";

/** A phone's key for calls for help, made and used as the browser does it. */
export interface SosPhone {
  readonly keyId: string;
  readonly publicKey: string;
  sign(call: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>>;
  /** Posts a signed call; without credentials it is a phone that nobody is signed in on. */
  call(call: Readonly<Record<string, unknown>>, more?: CallOptions): Promise<HttpAnswer>;
}

interface CallOptions {
  readonly who?: Credentials;
  readonly headers?: Readonly<Record<string, string>>;
  readonly path?: string;
}

export const sosCall = (more: Partial<CommandEnvelope> = {}): CommandEnvelope =>
  envelope("incident.sos", v7(), {}, more);

/** Makes a key pair and enrols its public half with the given session. */
export async function sosPhone(url: string, who: Credentials): Promise<SosPhone> {
  const pair = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, [
    "sign",
    "verify",
  ]);
  const publicKey = base64url(await crypto.subtle.exportKey("raw", pair.publicKey));
  const enrolled = await request(url, "POST", "/api/sos/keys", who, { publicKey });
  if (enrolled.status !== 200) throw new Error(`enrolment: ${enrolled.status} ${enrolled.text}`);
  const { keyId } = enrolled.json as { readonly keyId: string };
  const sign = async (call: Readonly<Record<string, unknown>>) => {
    const text = new TextEncoder().encode(sosText(keyId, call));
    const bytes = await crypto.subtle.sign(
      { name: "ECDSA", hash: "SHA-256" },
      pair.privateKey,
      text,
    );
    return { envelope: call, keyId, signature: base64url(bytes) };
  };
  return {
    keyId,
    publicKey,
    sign,
    async call(call, { who: caller = {}, headers = {}, path = "/api/sos" } = {}) {
      // What cannot be said in JSON is signed as the server will read it.
      const sent = JSON.parse(JSON.stringify(call)) as Record<string, unknown>;
      return request(url, "POST", path, { ...caller, headers }, await sign(sent));
    },
  };
}

const base64url = (bytes: ArrayBuffer): string => Buffer.from(bytes).toString("base64url");
