/** Exit code of a bench that ran to its end and missed a goal. */
export const MISSED = 4;

/** How a bench ended that ran in a process of its own. */
export interface Ended {
  readonly code: number;
  readonly why: string;
}

export interface Ran {
  /** 0 when all ran to their end and no goal was missed. */
  readonly code: number;
  readonly lost: readonly string[];
}

/** One bench after the other, or `atOnce` at a time; one that fails is told of and stops no other. */
export async function inTurn(
  names: readonly string[],
  run: (name: string) => Promise<Ended>,
  failed: (name: string, why: string) => Promise<void>,
  atOnce = 1,
): Promise<Ran> {
  const lost: string[] = [];
  let code = 0;
  const waiting = [...names];
  const work = async () => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      const end = await run(name);
      if (end.code !== 0) code = 1;
      if (end.code === 0 || end.code === MISSED) continue;
      lost.push(name);
      await failed(name, end.why);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return { code, lost };
}
