import type { CommandEnvelope } from "../../shared/wire/command.ts";
import type { Api } from "../link/api.ts";
import type { Delivery } from "../link/roads.ts";

/** How one person of the plan reaches the server: a phone, or a desk by HTTP. */
export interface Voice {
  /** Resolves when this person is within coverage. */
  whenCovered(): Promise<void>;
  readonly known: () => { readonly seq: number; readonly at: number };
  readonly api: Pick<Api, "putSubject">;
  deliver(envelope: CommandEnvelope): Promise<Delivery>;
}
