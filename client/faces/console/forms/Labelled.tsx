import { type ReactNode, useId } from "react";

/** A part of a field with a label of its own. */
export function Labelled({
  label,
  id,
  wide,
  children,
}: {
  label: string;
  /** The form's own id for the first part, so that the form can put the focus there. */
  id?: string | undefined;
  wide?: true;
  children: (id: string) => ReactNode;
}) {
  const own = useId();
  return (
    <div className={wide ? "labelled wide" : "labelled"}>
      <label htmlFor={id ?? own}>{label}</label>
      {children(id ?? own)}
    </div>
  );
}
