import { Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { DemoAccount, Deployment } from "../../link/api.ts";
import { groupAccounts } from "./group-accounts.ts";
import type { SignInControl } from "./use-sign-in.ts";

/** Simulated data only: one click is one sign-in, by court and office. */
export function DemoAccounts({
  accounts,
  state,
  signIn,
  mode,
}: Pick<SignInControl, "state" | "signIn"> & {
  accounts: readonly DemoAccount[];
  mode: Deployment["mode"] | undefined;
}) {
  const { t } = useTranslation("login");
  const [typed, setTyped] = useState("");
  const groups = groupAccounts(accounts, typed);
  return (
    <section className="demo-accounts" aria-labelledby="demo-title">
      <header>
        <h2 id="demo-title">{t(mode === "EXERCISE" ? "exercise:login.title" : "demo")}</h2>
        <span>{t(mode === "EXERCISE" ? "exercise:login.hint" : "demoHint")}</span>
      </header>
      <Input
        allowClear
        value={typed}
        placeholder={t("demoSearch")}
        aria-label={t("demoSearch")}
        onChange={(event) => setTyped(event.target.value)}
      />
      {groups.map((group) => (
        <div key={group.courtName}>
          <h3 className="demo-court">{group.courtName}</h3>
          <ul className="demo-grid">
            {group.accounts.map((account) => (
              <li key={account.login}>
                <button
                  type="button"
                  disabled={state.kind === "trying"}
                  onClick={() => void signIn(account.login, account.password, account.seat)}
                >
                  {account.title} {account.name}
                  <small>
                    {account.login}
                    <SeatName seat={account.seat} />
                  </small>
                </button>
              </li>
            ))}
          </ul>
        </div>
      ))}
      {groups.length === 0 ? <p>{t("common:list.empty")}</p> : null}
    </section>
  );
}

function SeatName({ seat }: { seat: string }) {
  const { t } = useTranslation("login");
  return <span> · {t(`seats.${seat}`, { defaultValue: seat })}</span>;
}
