import { Button, Input, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { SubjectRef } from "../../../../shared/domain/kernel/record.ts";
import type { HttpFailure } from "../../../link/http.ts";
import { formatDuration } from "../../../ui/format-time.ts";
import { Failure } from "../../../ui/Refusal.tsx";
import { useLanguage } from "../../../ui/use-language.ts";
import { useNow } from "../../../ui/use-now.tsx";
import type { Revealed } from "../desk/console-api.ts";
import { useDesk } from "../desk/desk-context.tsx";

const FIELDS = ["name", "idNumber", "phone", "address", "plate", "account"] as const;

/** A person outside the courts: masked, and in clear for its time only, with a reason on record. */
export function Subject({ subject }: { subject: SubjectRef }) {
  const { t } = useTranslation("console");
  const [open, setOpen] = useState(false);
  const flags = subject.flags.map((flag) => t(`domain:subject.flag.${flag}`));
  return (
    <section className="drawer-part" aria-label={t("subject.title")}>
      <h3>{t("subject.title")}</h3>
      <p className="subject">
        <b>{subject.label}</b>
        <span>{t(`domain:subject.sex.${subject.sex}`)}</span>
        <span>{t(`domain:subject.ageBand.${subject.ageBand}`)}</span>
        {flags.map((flag) => (
          <span key={flag} className="chip" data-tone="soon">
            {flag}
          </span>
        ))}
        <button
          type="button"
          className="link-button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {t("subject.reveal")}
        </button>
      </p>
      {open ? <Reveal subjectId={subject.id} /> : null}
    </section>
  );
}

type Shown =
  | { readonly kind: "nothing" }
  | { readonly kind: "asking" }
  | { readonly kind: "value"; readonly revealed: Revealed }
  | { readonly kind: "failed"; readonly failure: HttpFailure };

function Reveal({ subjectId }: { subjectId: string }) {
  const { t } = useTranslation("console");
  const { api } = useDesk();
  const [field, setField] = useState<(typeof FIELDS)[number]>("name");
  const [reason, setReason] = useState("");
  const [shown, setShown] = useState<Shown>({ kind: "nothing" });
  const ask = async () => {
    setShown({ kind: "asking" });
    const said = reason.trim();
    const got = await api.reveal({ subject: subjectId, field, ...(said ? { reason: said } : {}) });
    setShown(
      got.ok ? { kind: "value", revealed: got.value } : { kind: "failed", failure: got.failure },
    );
  };
  return (
    <div className="reveal">
      <Select
        value={field}
        onChange={(next) => {
          setField(next);
          setShown({ kind: "nothing" });
        }}
        options={FIELDS.map((value) => ({ value, label: t(`subject.field.${value}`) }))}
        aria-label={t("subject.which")}
      />
      <Input
        value={reason}
        maxLength={200}
        onChange={(event) => setReason(event.target.value)}
        onPressEnter={() => void ask()}
        placeholder={t("subject.reason")}
        aria-label={t("subject.reason")}
      />
      <Button loading={shown.kind === "asking"} onClick={() => void ask()}>
        {t("subject.show")}
      </Button>
      {shown.kind === "value" ? <Value revealed={shown.revealed} /> : null}
      {shown.kind === "failed" ? <Failure failure={shown.failure} /> : null}
      <p className="second">{t("subject.logged")}</p>
    </div>
  );
}

/** Gone from the glass when its time is over, without anybody doing anything. */
function Value({ revealed }: { revealed: Revealed }) {
  const { t } = useTranslation("console");
  const now = useNow(1_000);
  const language = useLanguage();
  const left = revealed.until - now;
  if (left <= 0) return <p className="second">{t("subject.over")}</p>;
  return (
    <p className="reveal-value" role="status">
      <b>{revealed.value}</b>
      <span className="second">
        {revealed.masked ? `${t("subject.masked")} · ` : ""}
        {t("subject.left", { time: formatDuration(left, language) })}
      </span>
    </p>
  );
}
