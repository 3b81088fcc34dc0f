import { useEffect, useState } from "react";
import type { Api, Me } from "../../link/api.ts";
import type { HttpFailure } from "../../link/http.ts";
import { useStores } from "../../store/stores-context.tsx";
import { addressOf, straightTo } from "./seat-address.ts";

type SignIn =
  | { readonly kind: "asking"; readonly failure?: HttpFailure }
  | { readonly kind: "trying"; readonly login: string }
  | { readonly kind: "in"; readonly me: Me };

export interface SignInControl {
  readonly state: SignIn;
  /** `wanted`: the seat that a demonstration account is meant for. */
  signIn(login: string, password: string, wanted?: string): Promise<void>;
  signOut(): Promise<void>;
}

/** Signs in and goes on to the seat; a session that is still good is offered first. */
export function useSignIn(api: Api): SignInControl {
  const [state, setState] = useState<SignIn>({ kind: "asking" });
  const { ui } = useStores();

  useEffect(() => {
    let shown = true;
    api.me().then((me) => {
      if (shown && me.ok) setState((s) => (s.kind === "asking" ? { kind: "in", me: me.value } : s));
    }, ignore);
    return () => {
      shown = false;
    };
  }, [api]);

  return {
    state,
    async signIn(login, password, wanted) {
      setState({ kind: "trying", login });
      const done = await api.login(login, password);
      if (!done.ok) return setState({ kind: "asking", failure: done.failure });
      // What was missed is shown anew to whoever signs in (CON-35).
      ui.getState().setMissedShown(null);
      const seat = straightTo(done.value.seats, location.search, wanted);
      if (seat) location.assign(addressOf(seat));
      else setState({ kind: "in", me: done.value });
    },
    async signOut() {
      await api.logout();
      setState({ kind: "asking" });
    },
  };
}

const ignore = () => {
  // Not signed in, or no network: the form says so when it is used.
};
