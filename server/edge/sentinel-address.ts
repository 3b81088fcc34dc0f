interface Settings {
  /** The server starts a sentinel of its own. */
  readonly start: boolean;
  readonly port: number;
  readonly url?: string;
  readonly others?: readonly string[];
  readonly origins: readonly string[];
}

/**
 * Where a page of this origin finds the sentinel: on the same host, at its own port, unless a
 * setting says otherwise. Nothing when no sentinel is set up.
 */
export function sentinelFor(settings: Settings, origin: string | undefined): string | undefined {
  const { start, url, port, origins } = settings;
  if (url !== undefined) return url;
  const page = origin ?? origins[0];
  if (!start || page === undefined || !origins.includes(page)) return undefined;
  const address = new URL(page);
  address.port = String(port);
  return address.origin;
}

/** What the pages' content policy must let them connect to, also when they move to another node. */
export const sentinelSources = (settings: Settings): readonly string[] => [
  ...new Set([
    ...settings.origins.flatMap((origin) => sentinelFor(settings, origin) ?? []),
    ...(settings.others ?? []),
  ]),
];
