import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Api, DemoAccount } from "../../../link/api.ts";

/** Only in a demonstration: one press instead of typing. Outside of one the server has no list. */
export function DemoAccounts({ api, pick }: { api: Api; pick: (account: DemoAccount) => void }) {
  const { t } = useTranslation("field");
  const accounts = useFieldAccounts(api);
  if (accounts.length === 0) return null;
  return (
    <section aria-label={t("enter.demo")}>
      <h2 className="f-h2">{t("enter.demo")}</h2>
      <ul className="f-list">
        {accounts.map((account) => (
          <li key={account.login}>
            <button type="button" className="f-button" onClick={() => pick(account)}>
              {account.courtName} · {account.name} {account.title}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function useFieldAccounts(api: Api): readonly DemoAccount[] {
  const [accounts, setAccounts] = useState<readonly DemoAccount[]>([]);
  useEffect(() => {
    let left = false;
    api.demoAccounts().then(
      (got) => {
        if (!left && got.ok) setAccounts(got.value.filter(({ seat }) => seat === "field"));
      },
      () => {
        // No list, no shortcuts: the form is enough.
      },
    );
    return () => {
      left = true;
    };
  }, [api]);
  return accounts;
}
