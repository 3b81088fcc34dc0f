/** HAProxy's configuration as sections of lines, as far as a test needs it. */

export interface ProxySection {
  /** `frontend`, `backend`, `defaults` … */
  readonly kind: string;
  readonly name: string;
  readonly lines: readonly string[];
}

const KINDS = ["global", "defaults", "resolvers", "frontend", "backend", "listen"];

export function readProxy(text: string): readonly ProxySection[] {
  const sections: { kind: string; name: string; lines: string[] }[] = [];
  for (const raw of text.split("\n")) {
    const line = raw.trim();
    if (line === "" || line.startsWith("#")) continue;
    const [kind = "", name = ""] = line.split(/\s+/);
    if (!/^\s/.test(raw) && KINDS.includes(kind)) sections.push({ kind, name, lines: [] });
    else sections.at(-1)?.lines.push(line.replaceAll(/\s+/g, " "));
  }
  return sections;
}

export interface ProxyServer {
  readonly backend: string;
  readonly host: string;
  readonly port: number;
  /** Value of the sticky cookie that means it. */
  readonly cookie?: string;
}

export function serversOf(sections: readonly ProxySection[]): readonly ProxyServer[] {
  return sections.flatMap(({ name: backend, lines }) =>
    lines.flatMap((line) => {
      const [, host = "", port = "", rest = ""] = /^server \S+ (\S+):(\d+)(.*)$/.exec(line) ?? [];
      const cookie = /\bcookie (\S+)/.exec(rest)?.[1];
      return host === ""
        ? []
        : [{ backend, host, port: Number(port), ...(cookie === undefined ? {} : { cookie }) }];
    }),
  );
}

/** Ports on which clients are let in, this container's own health door left out. */
export const doorsOf = (sections: readonly ProxySection[]): readonly number[] =>
  sections.flatMap(({ lines }) =>
    lines.flatMap((line) => {
      const port = /^bind :(\d+)/.exec(line)?.[1];
      return port === undefined ? [] : [Number(port)];
    }),
  );

/** Backends that are named and do not exist. */
export function missingBackends(sections: readonly ProxySection[]): readonly string[] {
  const known = new Set(sections.filter(({ kind }) => kind === "backend").map((s) => s.name));
  const named = sections.flatMap(({ lines }) =>
    lines.flatMap((line) => [
      ...[...line.matchAll(/^(?:use_backend|default_backend) (\S+)/g)].map(([, name]) => name),
      ...[...line.matchAll(/nbsrv\((\S+?)\)/g)].map(([, name]) => name),
    ]),
  );
  return named.flatMap((name) => (name !== undefined && !known.has(name) ? [name] : []));
}
