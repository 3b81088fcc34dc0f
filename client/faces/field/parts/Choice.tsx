import { useId } from "react";

export interface Option<V extends string> {
  readonly value: V;
  readonly label: string;
  readonly note?: string;
}

interface Props<V extends string> {
  readonly legend: string;
  readonly options: readonly Option<V>[];
  readonly value: V | undefined;
  readonly onChange: (value: V) => void;
  /** Columns of the grid; thumbs need width. */
  readonly columns?: 1 | 2 | 3 | 4;
}

/** One of a few, all visible: native radios under large faces. */
export function Choice<V extends string>({
  legend,
  options,
  value,
  onChange,
  columns = 2,
}: Props<V>) {
  const name = useId();
  return (
    <fieldset className="f-choice" data-columns={columns}>
      <legend>{legend}</legend>
      {options.map((option) => (
        <label key={option.value}>
          <input
            type="radio"
            name={name}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          <span>
            {option.label}
            {option.note ? <small>{option.note}</small> : null}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

interface FlagsProps<V extends string> {
  readonly legend: string;
  readonly options: readonly Option<V>[];
  readonly value: readonly V[];
  readonly onChange: (value: readonly V[]) => void;
}

/** Any of a few. */
export function Flags<V extends string>({ legend, options, value, onChange }: FlagsProps<V>) {
  const toggled = (flag: V) =>
    value.includes(flag) ? value.filter((each) => each !== flag) : [...value, flag];
  return (
    <fieldset className="f-choice" data-columns={3}>
      <legend>{legend}</legend>
      {options.map((option) => (
        <label key={option.value}>
          <input
            type="checkbox"
            checked={value.includes(option.value)}
            onChange={() => onChange(toggled(option.value))}
          />
          <span>{option.label}</span>
        </label>
      ))}
    </fieldset>
  );
}
