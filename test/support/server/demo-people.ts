import { demoAccounts } from "../../../server/demo/accounts.ts";
import { demoCourts } from "../../../server/demo/bootstrap.ts";
import { type DemoOfficer, demoOfficers } from "../../../server/demo/province.ts";

/** People of the demo province by the name of their account, e.g. `jiangan.police`. */
export interface DemoPeople {
  of(login: string): DemoOfficer;
  readonly all: readonly DemoOfficer[];
}

export async function demoPeople(): Promise<DemoPeople> {
  const courts = await demoCourts();
  const byLogin = new Map(demoAccounts(courts).map(({ login, officer }) => [login, officer]));
  return {
    all: demoOfficers(courts),
    of: (login) => {
      const officer = byLogin.get(login);
      if (!officer) throw new Error(`no demo account ${login}`);
      return officer;
    },
  };
}
