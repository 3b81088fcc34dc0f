import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { HttpFailure } from "../../../link/http.ts";
import { useLink } from "../../../link/link-context.tsx";
import { useSosKeys } from "../../../link/sos-keys-context.tsx";
import { useConnection, useUi } from "../../../store/use-session.ts";
import { connectionWords } from "../../../ui/link-words.ts";
import { useBilingual } from "../../../ui/use-language.ts";
import { Choice } from "../parts/Choice.tsx";
import { TextField } from "../parts/TextField.tsx";
import { DemoAccounts } from "./DemoAccounts.tsx";
import { enteredCode } from "./entered-code.ts";

type Way = "code" | "account";

/** A phone without a session: the one-time code that makes it the officer's, or an account. */
export function EnterScreen() {
  const { t } = useTranslation(["field", "link"]);
  const connection = useConnection((s) => s.connection);
  const { tokens } = useLink();
  const [way, setWay] = useState<Way>("code");
  const refused = connection.kind === "refused";
  return (
    <main className="f-main" aria-labelledby="f-title">
      <h1 id="f-title" className="f-enter-title">
        {t("enter.title")}
      </h1>
      {refused || tokens.device ? (
        <p className="f-warning" role="alert">
          {connectionWords(t, connection)}
        </p>
      ) : null}
      <Choice
        legend={t("enter.way")}
        options={[
          { value: "code", label: t("enter.code") },
          { value: "account", label: t("enter.account") },
        ]}
        value={way}
        onChange={setWay}
      />
      {way === "code" ? <CodeForm /> : <AccountForm />}
      <LanguageLink />
    </main>
  );
}

/** A key for calls for help is worth a moment; without one the next page life tries again. */
const KEY_WAIT_MS = 3_000;

/** The link reads its token when the page opens: opening it again is the surest way in. */
function useEnterAgain(): () => Promise<void> {
  const { api } = useLink();
  const keys = useSosKeys();
  return async () => {
    const wait = new Promise((resolve) => setTimeout(resolve, KEY_WAIT_MS));
    const enrolled = api.me().then((me) => {
      const officerId = me.ok ? me.value.officerId : undefined;
      return officerId === undefined ? undefined : keys.ensure(officerId);
    });
    await Promise.race([enrolled, wait]);
    location.reload();
  };
}

function CodeForm() {
  const { t } = useTranslation("field");
  const { api, tokens } = useLink();
  const [code, setCode] = useState("");
  const [form, run] = useTrying();
  const enterAgain = useEnterAgain();
  const send = () =>
    run(async () => {
      const done = await api.enrolDevice(enteredCode(code));
      if (!done.ok) return done.failure;
      tokens.setDevice(done.value.token);
      await enterAgain();
      return undefined;
    });
  return (
    <form className="f-form" onSubmit={submitting(send)}>
      <TextField
        label={t("enter.codeLabel")}
        value={code}
        onChange={setCode}
        autoComplete="one-time-code"
        note={t("enter.codeHow")}
      />
      <FailureNote failure={form.failure} way="code" />
      <button type="submit" className="f-button" data-look="next" disabled={form.busy}>
        {t(form.busy ? "enter.busy" : "enter.enrol")}
      </button>
    </form>
  );
}

function AccountForm() {
  const { t } = useTranslation("field");
  const { api, tokens } = useLink();
  const [login, setLogin] = useState("");
  const [password, setPassword] = useState("");
  const [form, run] = useTrying();
  const enterAgain = useEnterAgain();
  const signIn = (name: string, secret: string) =>
    run(async () => {
      const done = await api.login(name, secret);
      if (!done.ok) return done.failure;
      // A revoked token of this phone would be taken before the new session.
      tokens.setDevice(undefined);
      await enterAgain();
      return undefined;
    });
  return (
    <form className="f-form" onSubmit={submitting(() => signIn(login.trim(), password))}>
      <TextField
        label={t("enter.login")}
        value={login}
        onChange={setLogin}
        autoComplete="username"
      />
      <TextField
        label={t("enter.password")}
        type="password"
        value={password}
        onChange={setPassword}
        autoComplete="current-password"
      />
      <FailureNote failure={form.failure} way="account" />
      <button type="submit" className="f-button" data-look="next" disabled={form.busy}>
        {t(form.busy ? "enter.busy" : "enter.signIn")}
      </button>
      <DemoAccounts api={api} pick={(demo) => signIn(demo.login, demo.password)} />
    </form>
  );
}

const submitting = (send: () => void) => (event: { preventDefault(): void }) => {
  event.preventDefault();
  send();
};

interface Trying {
  readonly busy: boolean;
  readonly failure: HttpFailure | undefined;
}

/** One attempt at a time; what went wrong stays until the next. */
function useTrying(): readonly [Trying, (attempt: () => Promise<HttpFailure | undefined>) => void] {
  const [state, setState] = useState<Trying>({ busy: false, failure: undefined });
  const run = (attempt: () => Promise<HttpFailure | undefined>) => {
    setState({ busy: true, failure: undefined });
    void attempt().then((failure) => setState({ busy: false, failure }));
  };
  return [state, run];
}

/** Why it did not work and what to do, in the server's words where it has some. */
function FailureNote({ failure, way }: { failure: HttpFailure | undefined; way: Way }) {
  const { t } = useTranslation(["field", "link"]);
  const say = useBilingual();
  if (!failure) return null;
  const { code, status, message } = failure;
  const keys = [`enter.failure.${way}.${status}`, `link:failure.${code}`, "link:failure.other"];
  return (
    <p className="f-warning" role="alert">
      {message ? say(message) : t(keys, { code })}
    </p>
  );
}

function LanguageLink() {
  const { t } = useTranslation("common");
  const { language, setLanguage } = useUi((s) => s);
  const other = language === "zh" ? "en" : "zh";
  return (
    <button type="button" className="f-link" onClick={() => setLanguage(other)}>
      {t(`language.${other}`)}
    </button>
  );
}
