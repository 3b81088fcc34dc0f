import { type HTMLInputTypeAttribute, useId } from "react";

interface Props {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly note?: string | undefined;
  readonly rows?: number;
  readonly maxLength?: number;
  readonly type?: HTMLInputTypeAttribute;
  readonly inputMode?: "text" | "numeric";
  readonly autoComplete?: string;
  readonly placeholder?: string;
}

/** A label above, what to know below; one line, or several with `rows`. */
export function TextField({ label, value, onChange, note, rows, type, ...rest }: Props) {
  const id = useId();
  const common = {
    id,
    value,
    ...rest,
    ...(note ? { "aria-describedby": `${id}-note` } : {}),
    onChange: (event: { target: { value: string } }) => onChange(event.target.value),
  };
  return (
    <div className="f-field">
      <label htmlFor={id}>{label}</label>
      {rows ? <textarea rows={rows} {...common} /> : <input type={type ?? "text"} {...common} />}
      {note ? (
        <p className="f-note" id={`${id}-note`}>
          {note}
        </p>
      ) : null}
    </div>
  );
}
