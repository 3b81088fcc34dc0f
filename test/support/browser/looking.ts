/** What an eye in the room would notice, and when. */
import type { Page } from "playwright-core";

/** Resolves with the machine's clock (ms) when something that matches is first in the page. */
export async function firstSight(
  page: Page,
  selector: string,
  withinMs = 20_000,
): Promise<() => Promise<number>> {
  const given = { wanted: selector, withinMs };
  await page.evaluate(({ wanted, withinMs: patience }) => {
    const seen = new Promise<number>((resolve, reject) => {
      setTimeout(() => reject(new Error(`not seen in ${patience} ms: ${wanted}`)), patience);
      const look = (): boolean => {
        if (!document.querySelector(wanted)) return false;
        resolve(Date.now());
        return true;
      };
      if (look()) return;
      const observer = new MutationObserver(() => {
        if (look()) observer.disconnect();
      });
      observer.observe(document, { subtree: true, childList: true, attributes: true });
    });
    Object.assign(globalThis, { __seen: { ...seenOf(), [wanted]: seen } });
    function seenOf(): Record<string, Promise<number>> {
      return (globalThis as { __seen?: Record<string, Promise<number>> }).__seen ?? {};
    }
  }, given);
  return () =>
    page.evaluate((wanted) => {
      const { __seen } = globalThis as { __seen?: Record<string, Promise<number>> };
      return __seen?.[wanted] ?? Promise.reject(new Error(`nobody looks for ${wanted}`));
    }, selector);
}

/** Pixels of the officers' canvas that are not empty. */
export const officerPixels = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>(".leaflet-officers-pane canvas");
    if (!canvas || canvas.width === 0) return 0;
    const data = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data;
    let inked = 0;
    for (let i = 3; i < (data?.length ?? 0); i += 4) if ((data?.[i] ?? 0) > 0) inked += 1;
    return inked;
  });

/** Asks again until it is true; fails with the last answer. */
export async function until<T>(
  what: string,
  ask: () => Promise<T> | T,
  isEnough: (answer: T) => boolean,
  withinMs = 10_000,
): Promise<T> {
  const end = Date.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (isEnough(answer)) return answer;
    if (Date.now() > end)
      throw new Error(`${what}: after ${withinMs} ms still ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
