import "../../styles/login.css";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Api, DemoAccount } from "../../link/api.ts";
import { LanguageSwitch } from "../../ui/LanguageSwitch.tsx";
import { AntdTheme } from "../../ui/theme-antd.tsx";
import { useDeployment } from "../../ui/use-deployment.ts";
import { DemoAccounts } from "./DemoAccounts.tsx";
import { SeatChoice } from "./SeatChoice.tsx";
import { SignInForm } from "./SignInForm.tsx";
import { StoreNote } from "./StoreNote.tsx";
import { useSignIn } from "./use-sign-in.ts";

export function LoginFace({ api }: { api: Api }) {
  const { t } = useTranslation("login");
  const { state, signIn, signOut } = useSignIn(api);
  const accounts = useDemoAccounts(api);
  const mode = useDeployment(api)?.mode;
  const signedIn = state.kind === "in";
  const withDemo = !signedIn && accounts.length > 0;
  return (
    <AntdTheme>
      <main className={withDemo ? "login" : "login login-alone"}>
        <div>
          <header className="login-head">
            <div>
              <h1>{t("title")}</h1>
              <p>{t("subtitle")}</p>
            </div>
            <LanguageSwitch />
          </header>
          <StoreNote api={api} />
          {signedIn ? (
            <SeatChoice me={state.me} signOut={signOut} />
          ) : (
            <SignInForm state={state} signIn={signIn} />
          )}
        </div>
        {withDemo ? (
          <DemoAccounts accounts={accounts} state={state} signIn={signIn} mode={mode} />
        ) : null}
      </main>
    </AntdTheme>
  );
}

/** Empty outside of a demonstration: the server then has no such address. */
function useDemoAccounts(api: Api): readonly DemoAccount[] {
  const [accounts, setAccounts] = useState<readonly DemoAccount[]>([]);
  useEffect(() => {
    let shown = true;
    api.demoAccounts().then((got) => {
      if (shown && got.ok) setAccounts(got.value);
    }, ignore);
    return () => {
      shown = false;
    };
  }, [api]);
  return accounts;
}

const ignore = () => {
  // No list, no shortcuts: the form is enough.
};
