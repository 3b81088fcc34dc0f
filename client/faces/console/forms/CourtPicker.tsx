import { type KeyboardEvent, useId, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { can } from "../../../../shared/domain/authority/can.ts";
import { actorOf, relationTo } from "../../../store/acts.ts";
import { useRecordMap } from "../../../store/use-records.ts";
import { useHello } from "../../../store/use-session.ts";
import { type CourtLine, courtLines, matching, meant, toggled } from "./court-choice.ts";
import type { Controlled } from "./FieldInput.tsx";
import type { Task } from "./task.ts";

/** Rows drawn at once; the rest is counted, and found by typing. */
const MOST_SHOWN = 40;

interface PickerProps extends Controlled {
  readonly label: string;
  readonly task: Task;
}

/**
 * Several courts of the tree: type to narrow, Space ticks what is meant, Shift+Space with all below
 * it, arrows move, Enter goes on to the next field. Several names may be typed one after the other.
 */
export function CourtPicker({ id, value, onChange, label, task }: PickerProps) {
  const { t } = useTranslation("orders");
  const lines = useLines(task.kind);
  const chosen: readonly string[] = value ?? [];
  const put = (ids: readonly string[]) => onChange?.(ids);
  const typing = useTyping(lines, chosen, put);
  const { typed, drawn, active, unknown, more } = typing;
  const list = useId();
  const choose = (ids: readonly string[]) => put(toggled(chosen, ids));
  return (
    <div className="court-picker">
      <input
        id={id}
        className="court-picker-input"
        role="combobox"
        aria-expanded="true"
        aria-controls={list}
        aria-activedescendant={active ? `${list}-${active.id}` : undefined}
        aria-label={label}
        autoComplete="off"
        placeholder={t("picker.type")}
        value={typed}
        onChange={(event) => typing.type(event.target.value)}
        onKeyDown={typing.onKey}
      />
      <Chosen chosen={chosen} lines={lines} choose={choose} />
      {unknown.length > 0 ? (
        <p className="refusal" role="alert">
          {t("picker.unknown", { names: unknown.join("、") })}
        </p>
      ) : null}
      <div id={list} className="court-picker-list" role="listbox" aria-multiselectable="true">
        {drawn.map((line) => (
          <Line
            key={line.id}
            id={`${list}-${line.id}`}
            line={line}
            chosen={chosen}
            active={line === active}
            choose={choose}
          />
        ))}
      </div>
      {more > 0 ? <p className="second">{t("common:list.more", { n: more })}</p> : null}
    </div>
  );
}

type Put = (ids: readonly string[]) => void;

/** What is typed, where the arrows stand, and what the keys do. */
function useTyping(lines: readonly CourtLine[], chosen: readonly string[], put: Put) {
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState<number>();
  const [unknown, setUnknown] = useState<readonly string[]>([]);
  const shown = matching(lines, typed);
  const drawn = shown.slice(0, MOST_SHOWN);
  const active = at === undefined ? undefined : drawn[at];
  const isTyped = typed.trim() !== "";
  const type = (text: string) => {
    setTyped(text);
    setAt(undefined);
    setUnknown([]);
  };
  const tickTyped = (below: boolean) => {
    const said = meant(lines, typed);
    const ids = said.ids.flatMap((each) => (below ? subtreeOf(lines, each) : [each]));
    setUnknown(said.unknown);
    if (ids.length > 0) put([...new Set([...chosen, ...ids])]);
    if (said.unknown.length === 0) setTyped("");
  };
  const tick = (below: boolean) => {
    if (active) put(toggled(chosen, below ? active.subtree : [active.id]));
    else tickTyped(below);
  };
  const enter = ({ shiftKey, currentTarget }: KeyboardEvent<HTMLInputElement>) => {
    if (isTyped) tickTyped(shiftKey);
    goOn(currentTarget);
  };
  const onKey = (event: KeyboardEvent<HTMLInputElement>) => {
    // With an input method composing, Space and Enter belong to it.
    if (event.nativeEvent.isComposing) return;
    const step = STEPS[event.key];
    if (step !== undefined) setAt(moved(at, step, drawn.length));
    else if (event.key === "Enter") enter(event);
    else if (event.key === " " && (active !== undefined || isTyped)) tick(event.shiftKey);
    else return;
    event.preventDefault();
  };
  return { typed, drawn, active, unknown, more: shown.length - drawn.length, type, onKey };
}

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

const moved = (at: number | undefined, step: number, length: number): number | undefined =>
  length === 0 ? undefined : Math.min(length - 1, Math.max(0, (at ?? (step > 0 ? -1 : 0)) + step));

const subtreeOf = (lines: readonly CourtLine[], id: string): readonly string[] =>
  lines.find((line) => line.id === id)?.subtree ?? [id];

/** The next thing to fill in: the words of the order. */
const goOn = (input: HTMLElement): void =>
  input.closest("form")?.querySelector<HTMLElement>("textarea")?.focus();

function useLines(kind: string): readonly CourtLine[] {
  const courts = useRecordMap("court");
  const hello = useHello();
  return useMemo(() => {
    const actor = actorOf(hello);
    if (!actor) return [];
    return courtLines(
      actor.courtId,
      courts,
      (court) => !can(actor, kind, relationTo(actor.courtId, court, courts), {}),
    );
  }, [courts, hello, kind]);
}

type Choose = (ids: readonly string[]) => void;

interface LineProps {
  readonly id: string;
  readonly line: CourtLine;
  readonly chosen: readonly string[];
  readonly active: boolean;
  readonly choose: Choose;
}

function Line({ id, line, chosen, active, choose }: LineProps) {
  const { t } = useTranslation("orders");
  const ticked = chosen.includes(line.id);
  const below = line.subtree.length - 1;
  return (
    <div className="court-picker-line" data-active={active ? "" : undefined}>
      <button
        id={id}
        type="button"
        role="option"
        tabIndex={-1}
        aria-selected={ticked}
        style={{ paddingInlineStart: `${0.5 + line.depth}em` }}
        onClick={() => choose([line.id])}
      >
        <span aria-hidden="true">{ticked ? "☑" : "☐"}</span> {line.name}
      </button>
      {below > 0 ? (
        <button
          type="button"
          tabIndex={-1}
          className="link-button"
          onClick={() => choose(line.subtree)}
        >
          {t("picker.subtree", { n: below })}
        </button>
      ) : null}
    </div>
  );
}

function Chosen({
  chosen,
  lines,
  choose,
}: {
  chosen: readonly string[];
  lines: readonly CourtLine[];
  choose: Choose;
}) {
  const { t } = useTranslation("orders");
  if (chosen.length === 0) return null;
  const nameOf = (id: string) => lines.find((line) => line.id === id)?.name ?? id;
  return (
    <p className="court-picker-chosen" role="status">
      <b>{t("picker.chosen", { n: chosen.length })}</b>
      {chosen.slice(0, MOST_NAMED).map((id) => (
        <button
          key={id}
          type="button"
          className="chip"
          aria-label={t("picker.remove", { name: nameOf(id) })}
          onClick={() => choose([id])}
        >
          {nameOf(id)} ✕
        </button>
      ))}
      {chosen.length > MOST_NAMED ? t("common:list.more", { n: chosen.length - MOST_NAMED }) : null}
    </p>
  );
}

const MOST_NAMED = 12;
