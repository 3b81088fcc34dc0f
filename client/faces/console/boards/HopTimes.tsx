import { formatTime } from "../../../ui/format-time.ts";
import { useLanguage } from "../../../ui/use-language.ts";

interface Hop {
  readonly key: string;
  readonly word: string;
  /** Server ms. */
  readonly at: number;
}

/** Each hop with its time, one after the other; the last one is where it stands. */
export function HopTimes({ hops, now }: { hops: readonly Hop[]; now: number }) {
  const language = useLanguage();
  return (
    <span className="board-hops">
      {hops
        .toSorted((a, b) => a.at - b.at)
        .map(({ key, word, at }, index, all) => (
          <span key={key} className={index === all.length - 1 ? undefined : "second"}>
            {word} {formatTime(at, now, language)}
          </span>
        ))}
    </span>
  );
}
