import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { can } from "../../../../shared/domain/authority/can.ts";
import { actorOf } from "../../../store/acts.ts";
import type { StoredRecord } from "../../../store/dto.ts";
import { useHello } from "../../../store/use-session.ts";
import { Refusal } from "../../../ui/Refusal.tsx";
import type { SeatCredentials } from "../desk/console-api.ts";
import { useDesk } from "../desk/desk-context.tsx";

type Asked =
  | { readonly kind: "idle" | "asking" }
  | { readonly kind: "made"; readonly given: SeatCredentials }
  | { readonly kind: "failed"; readonly code: string };

/** Login and password of an observer's seat: shown once, to whoever made them. */
export function SeatAccount({ record }: { record: StoredRecord<"observer"> }) {
  const { t } = useTranslation("oversight");
  const { api } = useDesk();
  const hello = useHello();
  const [asked, setAsked] = useState<Asked>({ kind: "idle" });
  const actor = actorOf(hello);
  if (!actor || record.dto.courtId !== actor.courtId) return null;
  const unable = can(actor, "observer.open", "own", {});
  const make = async () => {
    setAsked({ kind: "asking" });
    const answer = await api.seatAccount(record.id);
    setAsked(
      answer.ok
        ? { kind: "made", given: answer.value }
        : { kind: "failed", code: answer.failure.code },
    );
  };
  return (
    <section className="drawer-part" aria-label={t("observer.account.make")}>
      <Button
        disabled={unable !== undefined}
        loading={asked.kind === "asking"}
        onClick={() => void make()}
      >
        {t(asked.kind === "made" ? "observer.account.again" : "observer.account.make")}
      </Button>
      {unable ? <Refusal refusal={unable} /> : null}
      {asked.kind === "failed" ? (
        <p role="alert">{t("observer.account.failed", { code: asked.code })}</p>
      ) : null}
      {asked.kind === "made" ? <Given given={asked.given} /> : null}
    </section>
  );
}

function Given({ given }: { given: SeatCredentials }) {
  const { t } = useTranslation("oversight");
  return (
    <dl className="facts" aria-live="polite">
      <div>
        <dt>{t("observer.account.login")}</dt>
        <dd>
          <code>{given.login}</code>
        </dd>
      </div>
      <div>
        <dt>{t("observer.account.password")}</dt>
        <dd>
          <code>{given.password}</code>
        </dd>
      </div>
      <p className="second">{t("observer.account.once")}</p>
    </dl>
  );
}
