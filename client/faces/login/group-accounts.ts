import type { DemoAccount } from "../../link/api.ts";

export interface AccountGroup {
  readonly courtName: string;
  readonly accounts: readonly DemoAccount[];
}

/** By court in the order of the server (High Court first), narrowed by what was typed. */
export function groupAccounts(
  accounts: readonly DemoAccount[],
  typed: string,
): readonly AccountGroup[] {
  const groups = new Map<string, DemoAccount[]>();
  for (const account of accounts) {
    if (!matches(account, typed)) continue;
    const group = groups.get(account.courtName);
    if (group) group.push(account);
    else groups.set(account.courtName, [account]);
  }
  return [...groups].map(([courtName, of]) => ({ courtName, accounts: of }));
}

function matches({ name, title, courtName, login }: DemoAccount, typed: string): boolean {
  const words = typed.trim().toLowerCase().split(/\s+/u).filter(Boolean);
  const text = [name, title, courtName, login].join(" ").toLowerCase();
  return words.every((word) => text.includes(word));
}
