import { Button } from "antd";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import type { NodeTime } from "../../../../shared/domain/timebase/state.ts";
import type { StoredRecord } from "../../../store/dto.ts";
import { useStores } from "../../../store/stores-context.tsx";
import { formatDuration } from "../../../ui/format-time.ts";
import { Outcome } from "../../../ui/Refusal.tsx";
import { useLanguage } from "../../../ui/use-language.ts";
import { useNow } from "../../../ui/use-now.tsx";
import { isAccepted, useSend } from "../actions/use-send.ts";
import { KeyHint } from "../desk/KeyHint.tsx";
import { dueByStep } from "./due-by-step.ts";
import { signed, stamp, workedOffMs } from "./time-words.ts";

export type TimeRecord = StoredRecord<"timebase">;

interface TimeStepProps {
  readonly step: NodeTime;
  readonly record: TimeRecord;
  readonly mayDecide: boolean;
  readonly close: () => void;
}

/** One step of one machine's clock: what differs, and what each answer does. */
export function TimeStep(props: TimeStepProps) {
  const { t } = useTranslation("console");
  const { step, mayDecide } = props;
  const now = useNow();
  return (
    <section className="time-step">
      <dl className="time-two">
        <div>
          <dt>{t("time.server")}</dt>
          <dd>{stamp(now)}</dd>
        </div>
        <div>
          <dt>{t("time.machine", { node: step.node })}</dt>
          <dd>{stamp(now + step.offMs)}</dd>
        </div>
        <div data-difference="">
          <dt>{t(step.offMs > 0 ? "time.ahead" : "time.behind")}</dt>
          <dd>{signed(step.offMs)}</dd>
        </div>
      </dl>
      <p className="second">{t("time.heldAt", { at: stamp(step.heldAt) })}</p>
      <Effects step={step} />
      {mayDecide ? <Decide {...props} /> : <p className="time-reader">{t("time.notHere")}</p>}
    </section>
  );
}

function Effects({ step }: { step: NodeTime }) {
  const { t } = useTranslation("console");
  const language = useLanguage();
  const now = useNow();
  const maps = useStore(useStores().records, (s) => s.maps);
  const { liberty, other } = dueByStep(maps, now, Math.max(0, step.offMs));
  return (
    <dl className="time-effects">
      <dt>{t("action:timebase.accept")}</dt>
      <dd>
        {step.offMs > 0
          ? t("time.acceptForward", { by: formatDuration(step.offMs, language) })
          : t("time.acceptBack", {
              by: formatDuration(step.offMs, language),
              takes: formatDuration(workedOffMs(step.offMs), language),
            })}
        <strong data-due={liberty > 0 ? "" : undefined}>
          {t("time.dueLiberty", { n: liberty })}
        </strong>
        {t("time.dueOther", { n: other })}
      </dd>
      <dt>{t("action:timebase.refuse")}</dt>
      <dd>{t("time.refuseWhat")}</dd>
    </dl>
  );
}

/** `Y` twice accepts, because it cannot be taken back; `N` refuses; Esc leaves it open. */
function Decide({ step, record, close }: TimeStepProps) {
  const { t } = useTranslation("console");
  const ref = { type: "timebase", id: record.id } as const;
  const accept = useSend("timebase.accept", ref, record);
  const refuse = useSend("timebase.refuse", ref, record);
  const [sure, setSure] = useState(false);
  const first = useRef<HTMLFieldSetElement>(null);
  useEffect(() => first.current?.focus(), []);
  const payload = { node: step.node, offMs: step.offMs };
  const busy = accept.pending || refuse.pending;
  const yes = () => {
    if (!sure) setSure(true);
    else void accept.send(payload).then((done) => isAccepted(done) && close());
  };
  const no = () => void refuse.send(payload).then((done) => isAccepted(done) && close());
  const isRefused = step.state === "REFUSED";
  const pressed = (event: KeyboardEvent) => {
    const key = event.key.toLowerCase();
    if (busy || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
    if (key === "y") yes();
    else if (key === "n" && !isRefused) no();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    // The group takes the keys, so that no answer is given by an Enter that was meant elsewhere.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: first stop of the keyboard in the dialogue
    <fieldset className="time-decide" tabIndex={0} ref={first} onKeyDown={pressed}>
      <Button type="primary" danger={sure} loading={accept.pending} disabled={busy} onClick={yes}>
        {t(sure ? "time.sure" : "action:timebase.accept")}
        <KeyHint k="Y" />
      </Button>
      {isRefused ? null : (
        <Button loading={refuse.pending} disabled={busy} onClick={no}>
          {t("action:timebase.refuse")}
          <KeyHint k="N" />
        </Button>
      )}
      <Button type="text" onClick={close}>
        {t("time.later")}
        <KeyHint k="Esc" />
      </Button>
      <Outcome delivery={accept.delivery ?? refuse.delivery} />
    </fieldset>
  );
}
