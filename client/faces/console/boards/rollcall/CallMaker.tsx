import { Select } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Ref } from "../../../../../shared/domain/kernel/ref.ts";
import { useRecordMap } from "../../../../store/use-records.ts";
import { useHello } from "../../../../store/use-session.ts";
import { Outcome } from "../../../../ui/Refusal.tsx";
import { useSend } from "../../actions/use-send.ts";
import { useDesk } from "../../desk/desk-context.tsx";
import { useNames } from "../../desk/names.tsx";

type Target = Pick<Ref, "type" | "id">;

/** One press calls every court directly below, or everybody of this court on duty; or those chosen. */
export function CallMaker() {
  const { t } = useTranslation("duty");
  const { courts, officers, options } = useCallable();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const calling = useCalling();
  const press = (targets: readonly Target[]) => {
    void calling.call(targets);
    setChosen([]);
  };
  return (
    <section className="call-maker" aria-label={t("roll.make")}>
      <CallButton
        label={t("roll.callBelow", { n: courts.length })}
        targets={courts}
        pending={calling.pending}
        onPress={press}
      />
      <CallButton
        label={t("roll.callOwn", { n: officers.length })}
        targets={officers}
        pending={calling.pending}
        onPress={press}
      />
      <Select
        mode="multiple"
        className="call-choice"
        aria-label={t("roll.choose")}
        placeholder={t("roll.choose")}
        maxTagCount="responsive"
        showSearch={{ optionFilterProp: "label" }}
        options={options}
        value={[...chosen]}
        onChange={(value: string[]) => setChosen(value)}
      />
      <CallButton
        label={t("roll.callChosen", { n: chosen.length })}
        targets={chosen.map(targetOf)}
        pending={calling.pending}
        onPress={press}
      />
      <Outcome delivery={calling.delivery} />
    </section>
  );
}

interface CallButtonProps {
  readonly label: string;
  readonly targets: readonly Target[];
  readonly pending: boolean;
  readonly onPress: (targets: readonly Target[]) => void;
}

function CallButton({ label, targets, pending, onPress }: CallButtonProps) {
  return (
    <button
      type="button"
      className="duty-button"
      data-action="rollcall.call"
      disabled={pending || targets.length === 0}
      onClick={() => onPress(targets)}
    >
      {label}
    </button>
  );
}

function targetOf(key: string): Target {
  const [type, ...id] = key.split(":");
  return { type: type as Target["type"], id: id.join(":") };
}

/** Each call is a new record. */
function useCalling() {
  const { newId } = useDesk();
  const [id, setId] = useState(newId);
  const { pending, delivery, send } = useSend("rollcall.call", { type: "rollcall", id }, undefined);
  const call = async (targets: readonly Target[]) => {
    const done = await send({ targets });
    if (done.kind === "answer" && !done.answer.refusal) setId(newId());
  };
  return { pending, delivery, call };
}

function useCallable() {
  const courts = useRecordMap("court");
  const officers = useRecordMap("officer");
  const names = useNames();
  const hello = useHello();
  return useMemo(() => {
    const below = [...courts.values()].filter(({ dto }) => dto.parentId === hello?.courtId);
    const own = [...officers.values()]
      .filter(({ id, dto }) => dto.courtId === hello?.courtId && id !== hello?.officerId)
      .filter(({ dto }) => dto.duty !== undefined && dto.duty !== "OFF_DUTY");
    const target = ({ type, id }: Target): Target => ({ type, id });
    return {
      courts: below.map(target),
      officers: own.map(target),
      options: [
        ...below.map(({ id }) => ({ value: `court:${id}`, label: names.court(id) })),
        ...own.map(({ id }) => ({ value: `officer:${id}`, label: names.officer(id) })),
      ],
    };
  }, [courts, officers, names, hello]);
}
