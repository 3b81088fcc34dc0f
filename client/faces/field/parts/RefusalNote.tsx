import type { Refusal } from "../../../../shared/domain/kernel/refusal.ts";
import type { WireRefusal } from "../../../../shared/wire/command.ts";
import { Icon } from "../../../ui/icons.tsx";
import { useBilingual } from "../../../ui/use-language.ts";
import { refusalParts } from "../refusal-sentence.ts";

/** What is refused, by which rule and article, what would satisfy it: beside the button. */
export function RefusalNote({ refusal }: { refusal: Refusal | WireRefusal }) {
  const say = useBilingual();
  const { what, basis, fix } = refusalParts(refusal);
  return (
    <p className="f-refusal" role="status">
      <Icon name="refused" />
      <span>
        <strong>{say(what)}</strong>
        {basis ? ` · ${say(basis)}` : ""}
        {fix ? <small>{say(fix)}</small> : null}
      </span>
    </p>
  );
}
