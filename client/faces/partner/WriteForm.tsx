import { type FormEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNames } from "./names.ts";
import type { Asked } from "./requests.ts";
import type { Step, Wanted } from "./steps.ts";

interface Props {
  readonly record: Asked;
  readonly step: Step;
  readonly wants: Wanted;
  readonly busy: boolean;
  onSend(written: Readonly<Record<string, unknown>>): Promise<void>;
  onClose(): void;
}

const MOST: Readonly<Record<Wanted, number>> = {
  receivedBy: 30,
  receiptNo: 60,
  reply: 2_000,
  note: 500,
  reason: 500,
};
/** One line. */
const SHORT: ReadonlySet<Wanted> = new Set(["receivedBy", "receiptNo"]);
const OPTIONAL: ReadonlySet<Wanted> = new Set(["note"]);

/** What an answer carries in writing. What was typed stays until it has arrived. */
export function WriteForm({ record, step, wants, busy, onSend, onClose }: Props) {
  const { t } = useTranslation("partner");
  const title = useNames().step(record, step.name);
  const [text, setText] = useState(wants === "receivedBy" ? (record.dto.sceneCommander ?? "") : "");
  const [number, setNumber] = useState("");
  const [missing, setMissing] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const written = text.trim();
    setMissing(written === "" && !OPTIONAL.has(wants));
    if (busy || (written === "" && !OPTIONAL.has(wants))) return;
    const replyNo = number.trim();
    void onSend({
      ...(written === "" ? {} : { [wants]: written }),
      ...(replyNo === "" ? {} : { replyNo }),
    });
  };
  return (
    <form
      className="p-form"
      aria-label={title}
      noValidate
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key === "Escape") onClose();
      }}
    >
      <Text wants={wants} text={text} missing={missing} onText={setText} />
      {wants === "reply" ? <Numbered number={number} onNumber={setNumber} /> : null}
      <span className="p-form-acts">
        <button type="submit" className="p-step" data-next="" disabled={busy} aria-busy={busy}>
          {busy ? t("sending") : `${title} · ${t("form.send")}`}
        </button>
        <button type="button" className="p-step" onClick={onClose}>
          {t("common:action.cancel")}
        </button>
      </span>
    </form>
  );
}

interface TextProps {
  readonly wants: Wanted;
  readonly text: string;
  readonly missing: boolean;
  onText(text: string): void;
}

function Text({ wants, text, missing, onText }: TextProps) {
  const { t } = useTranslation("partner");
  const id = useId();
  const props = {
    id,
    value: text,
    maxLength: MOST[wants],
    autoFocus: true,
    "aria-invalid": missing,
    "aria-describedby": missing ? `${id}-missing` : undefined,
    onChange: (event: { readonly target: { readonly value: string } }) =>
      onText(event.target.value),
  };
  return (
    <>
      <label htmlFor={id}>{t(`form.${wants}`)}</label>
      {SHORT.has(wants) ? <input {...props} /> : <textarea rows={3} {...props} />}
      {missing ? (
        <p id={`${id}-missing`} className="p-missing" role="alert">
          {t("form.required")}
        </p>
      ) : null}
    </>
  );
}

function Numbered({ number, onNumber }: { number: string; onNumber: (text: string) => void }) {
  const { t } = useTranslation("partner");
  const id = useId();
  return (
    <>
      <label htmlFor={id}>{t("form.replyNo")}</label>
      <input
        id={id}
        value={number}
        maxLength={60}
        onChange={(event) => onNumber(event.target.value)}
      />
    </>
  );
}
