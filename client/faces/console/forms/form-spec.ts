import type { OversightChoice } from "./oversight-options.ts";

/** One field of a form, and how its value becomes part of the payload (`to-payload.ts`). */
export type FieldSpec = {
  readonly name: string;
  readonly required?: true;
  /** Shown only while another field has one of these values. */
  readonly when?: { readonly field: string; readonly is: readonly string[] };
} & (
  | { readonly as: "line"; readonly max: number; readonly placeholder?: string }
  | { readonly as: "text"; readonly max: number }
  /** Values with their words under `words` in a namespace, e.g. `domain:police.kind`. */
  | { readonly as: "choice"; readonly values: readonly string[]; readonly words: string }
  /** Several of them. */
  | { readonly as: "choices"; readonly values: readonly string[]; readonly words: string }
  /** A number plate: masked in the command, in clear in the vault. */
  | { readonly as: "plate" }
  | { readonly as: "number"; readonly min: number; readonly max: number }
  | { readonly as: "yes" }
  | { readonly as: "articles" }
  /** Several numbers of documents or cases, typed one after the other. */
  | { readonly as: "tags" }
  /** A date and time of day, as a clock on the wall in China shows it. */
  | { readonly as: "moment" }
  | { readonly as: "casualties" }
  /** Minutes from now; `days` offers days instead of hours. */
  | { readonly as: "due"; readonly days?: readonly number[] }
  /** Several courts of the tree. */
  | { readonly as: "courts" }
  /** A point picked on the map, with or without its address. */
  | { readonly as: "place"; readonly address: boolean }
  | { readonly as: "subject" }
  /** The punished act: a new one, or one on record in the same case (D8). */
  | { readonly as: "act" }
  /** Days from now. */
  | { readonly as: "term" }
  /** Legal documents by name and number. */
  | { readonly as: "docs" }
  /** An item of the rectification list: still open, with evidence that waits, or one such piece. */
  | { readonly as: "item"; readonly which: "OPEN" | "SHOWN" | "PIECE" }
  /** What the chosen linked unit can be asked for, by the catalogue. */
  | { readonly as: "service" }
  | { readonly as: OversightChoice }
  | {
      readonly as:
        | "officer"
        | "officers"
        | "unit"
        | "court"
        | "lineCourt"
        | "ownOrder"
        | "assets"
        | "addressee";
    }
);

export interface FormSpec {
  readonly fields: readonly FieldSpec[];
  /** A field of the payload that holds the id of the record this command makes besides its own. */
  readonly newIdField?: string;
  /** Fields of the form as the command has them, where those are not simply side by side. */
  readonly shape?: (flat: FormValues, ownCourtId: string) => FormValues;
}

export type FormValues = Readonly<Record<string, unknown>>;
