/**
 * Every socket handler goes through here: what a client sends, or leaves out, never ends the
 * process, and no stack trace leaves it.
 */
export function safely<A extends unknown[]>(
  handler: (...args: A) => unknown,
  onError: (error: unknown) => void,
): (...args: A) => void {
  return (...args) => {
    try {
      const result = handler(...args);
      if (result instanceof Promise) result.catch(onError);
    } catch (error) {
      onError(error);
    }
  };
}

/** The acknowledgement callback, if the client really sent one as the last argument. */
export function ackOf(args: readonly unknown[]): ((answer: unknown) => void) | undefined {
  const last = args.at(-1);
  return typeof last === "function"
    ? (answer) => (last as (a: unknown) => void)(answer)
    : undefined;
}
