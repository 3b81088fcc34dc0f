import { createContext, type ReactNode, useContext } from "react";
import { useStore } from "zustand";
import type { SeatTokens } from "../seat-tokens.ts";
import type { Api } from "./api.ts";
import type { CommandRequest } from "./envelope.ts";
import { pendingKey } from "./pending.ts";
import type { Link } from "./start-link.ts";

/** What a face may do with the outside world. */
export interface LinkServices {
  readonly link: Link;
  readonly api: Api;
  readonly tokens: SeatTokens;
}

const LinkContext = createContext<LinkServices | undefined>(undefined);

export function LinkProvider({
  services,
  children,
}: {
  services: LinkServices;
  children: ReactNode;
}) {
  return <LinkContext value={services}>{children}</LinkContext>;
}

export function useLink(): LinkServices {
  const services = useContext(LinkContext);
  if (!services) throw new Error("useLink outside LinkProvider");
  return services;
}

/** True until the cursor has reached the command's commit (or it was refused). */
export function usePending(commandId: string | undefined): boolean {
  const { link } = useLink();
  return useStore(link.commands.pending, (s) => commandId !== undefined && s.byId.has(commandId));
}

/** True while any command of this kind about this record is on its way, whoever pressed. */
export function usePendingFor(kind: string, ref: CommandRequest["ref"]): boolean {
  const { link } = useLink();
  const key = pendingKey(kind, ref);
  return useStore(link.commands.pending, (s) => [...s.keyById.values()].includes(key));
}
