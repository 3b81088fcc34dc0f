import { commandId } from "../../../shared/wire/common.ts";
import { SOS_KIND } from "../../../shared/wire/sos.ts";
import type { App } from "../../app/api.ts";
import { SosRepeats } from "./sos-repeats.ts";

/**
 * The application as every road of the edge has it: what one sender repeats without end is merged
 * before it gets there (SOSR-7), whichever road it takes.
 */
export function mergingSos(app: App, monotonic: () => number): App {
  const repeats = new SosRepeats(app.world, monotonic);
  return {
    world: app.world,
    deployment: app.deployment,
    tail: () => app.tail(),
    storeMode: () => app.storeMode(),
    command: (raw, from) => {
      const pass = () => app.command(raw, from);
      const id = sosIdOf(raw);
      return id === undefined ? pass() : repeats.take({ commandId: id, from }, pass);
    },
    systemCommand: (command) => app.systemCommand(command),
    record: (view, ref) => app.record(view, ref),
    records: (view, type, options) => app.records(view, type, options),
    timeline: (view, ref) => app.timeline(view, ref),
    access: (entry) => app.access(entry),
  };
}

/** Without an id it is no call that could take effect; the application refuses it. */
function sosIdOf(raw: unknown): string | undefined {
  if (typeof raw !== "object" || raw === null) return undefined;
  const { id, kind } = raw as { readonly id?: unknown; readonly kind?: unknown };
  return kind === SOS_KIND ? commandId.safeParse(id).data : undefined;
}
