import { Alert, Button, Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import type { HttpFailure } from "../../link/http.ts";
import { useBilingual } from "../../ui/use-language.ts";
import type { SignInControl } from "./use-sign-in.ts";

interface Fields {
  readonly login: string;
  readonly password: string;
}

export function SignInForm({ state, signIn }: Pick<SignInControl, "state" | "signIn">) {
  const { t } = useTranslation("login");
  const trying = state.kind === "trying";
  return (
    <Form<Fields>
      layout="vertical"
      requiredMark={false}
      onFinish={({ login, password }) => void signIn(login.trim(), password)}
    >
      {state.kind === "asking" && state.failure ? <SignInError failure={state.failure} /> : null}
      <Form.Item
        name="login"
        label={t("account")}
        rules={[{ required: true, message: t("needAccount") }]}
      >
        <Input autoFocus autoComplete="username" size="large" maxLength={60} />
      </Form.Item>
      <Form.Item
        name="password"
        label={t("password")}
        rules={[{ required: true, message: t("needPassword") }]}
      >
        <Input.Password autoComplete="current-password" size="large" maxLength={200} />
      </Form.Item>
      <Button type="primary" htmlType="submit" size="large" block disabled={trying}>
        {t(trying ? "submitting" : "submit")}
      </Button>
    </Form>
  );
}

/** The server's own words first; else what the person can do about it. */
function SignInError({ failure }: { failure: HttpFailure }) {
  const { t } = useTranslation("login");
  const say = useBilingual();
  const { code, status, message } = failure;
  const words = message
    ? say(message)
    : t([`error.${code}`, `error.HTTP_${status}`, "error.other"], { code });
  return <Alert className="login-error" type="warning" showIcon title={words} role="alert" />;
}
