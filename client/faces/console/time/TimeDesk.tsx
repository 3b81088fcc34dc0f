import "./time.css";
import { Modal } from "antd";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useRecord } from "../../../store/use-records.ts";
import { TroubleNote } from "../../../ui/TroubleNote.tsx";
import { useAct } from "../../../ui/use-act.ts";
import { useDesk, useDeskState } from "../desk/desk-context.tsx";
import { KeyHint } from "../desk/KeyHint.tsx";
import { type TimeRecord, TimeStep } from "./TimeStep.tsx";
import { signed, stamp } from "./time-words.ts";

/**
 * What troubles the server, in words; and where the machine's clock jumped, the question about it.
 * It opens by itself at the desk that may decide, once for each step; `T` opens it anywhere.
 */
export function TimeDesk() {
  const { t } = useTranslation("console");
  const { store } = useDesk();
  const record = useRecord("timebase", "time");
  const open = () => store.getState().setTime(true);
  return (
    <>
      <TroubleNote
        beside={{
          CLOCK_HELD: record ? (
            <button type="button" className="link-button" onClick={open}>
              {t("time.look")}
              <KeyHint k="T" />
            </button>
          ) : null,
        }}
      />
      {record ? <TimeDialog record={record} /> : null}
    </>
  );
}

function TimeDialog({ record }: { record: TimeRecord }) {
  const { t } = useTranslation("console");
  const { store } = useDesk();
  const open = useDeskState((s) => s.time);
  const mayDecide = useAct(record, "timebase.accept").kind === "open";
  const steps = (record.dto.nodes ?? []).filter(
    ({ state }) => state === "HELD" || state === "REFUSED",
  );
  const news = steps.find(({ state }) => state === "HELD");
  const asked = mayDecide && news ? `${news.node} ${news.offMs} ${news.heldAt}` : undefined;
  useEffect(() => {
    if (asked !== undefined) store.getState().setTime(true);
  }, [asked, store]);
  const close = () => store.getState().setTime(false);
  return (
    // Made anew each time it opens: an answer that was half given is not given later.
    <Modal
      open={open}
      title={t("time.title")}
      footer={null}
      onCancel={close}
      width="44em"
      destroyOnHidden
    >
      {steps.length === 0 ? <p>{t("time.none")}</p> : null}
      {steps.map((step) => (
        <TimeStep
          key={`${step.node} ${step.offMs}`}
          step={step}
          record={record}
          mayDecide={mayDecide}
          close={close}
        />
      ))}
      <Decisions record={record} />
    </Modal>
  );
}

const SHOWN = 5;

function Decisions({ record }: { record: TimeRecord }) {
  const { t } = useTranslation("console");
  const decisions = (record.dto.decisions ?? []).slice(0, SHOWN);
  if (decisions.length === 0) return <p className="second">{t("time.noDecisions")}</p>;
  return (
    <section className="time-before">
      <h4>{t("time.decisions")}</h4>
      <ul>
        {decisions.map((decision) => (
          <DecisionLine key={`${decision.node} ${decision.at}`} decision={decision} />
        ))}
      </ul>
    </section>
  );
}

type Decision = NonNullable<TimeRecord["dto"]["decisions"]>[number];

function DecisionLine({ decision }: { decision: Decision }) {
  const { t } = useTranslation("console");
  const { accepted, by, at, offMs } = decision;
  return (
    <li>
      {t(accepted ? "time.accepted" : "time.refused", {
        at: stamp(at),
        by,
        difference: signed(offMs),
      })}
    </li>
  );
}
