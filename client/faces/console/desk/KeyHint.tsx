/** The key that does the same, on the button that it presses. */
export function KeyHint({ k }: { k: string | undefined }) {
  return k ? (
    <span className="key-hint" aria-hidden="true">
      {k}
    </span>
  ) : null;
}
